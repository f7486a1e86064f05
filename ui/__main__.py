"""Where the process begins: ``onrecord``, and ``python -m ui``.

What runs the commands is imported only inside ``main``, which can then be interrupted without a traceback.
"""

from __future__ import annotations

import io
import os
import signal
import sys


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        _open_closed_streams()
        _say_every_character()
        from ui.cli import run

        code = run()
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    sys.exit(code)


def _open_closed_streams() -> None:
    """Let a standard stream that was closed (``>&-``) lead nowhere.

    Else the next file that is opened, which may be the library, would be written to by whoever means the stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # It takes the lowest number that is free: the stream's.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _say_every_character() -> None:
    """Let what standard output's encoding lacks come out as its number: in Latin-1 there are no quotation marks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
