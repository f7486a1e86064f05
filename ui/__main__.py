"""Run the command line as ``python -m ui``."""

from ui.cli import main

main()
