"""How every command ends: JSON on standard output, or one line on stderr; and the exit codes."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

MISTAKE = 2
"""The exit code of everything a user can put right."""
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells expect it."""


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Print one JSON value as UTF-8 whatever the locale: on one line, or indented in a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    # A lone surrogate, which UTF-8 can't say, becomes the \udxxx escape that JSON has for it.
    click.echo(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def complain(message: str) -> int:
    """Tell a mistake in one line on stderr, and return its exit code."""
    message = message.encode("utf-8", "backslashreplace").decode()  # a name of bytes that aren't UTF-8
    line = "".join(c if c.isprintable() else " " for c in message)
    click.echo(f"onrecord: {' '.join(line.split())}", err=True)
    return MISTAKE
