"""Which interviews a command works on: the library, or files named on the command line.

In: paths, addresses and ``Chosen``. Out: an open ``Library``, or interviews read one by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.datatypes import Interview
from rag.errors import NoTurns, ParseError
from ui.options import Chosen

if TYPE_CHECKING:
    from rag.library import Library
    from rag.parsing import ParseOptions

KINDS = (".txt", ".md", ".markdown", ".srt", ".vtt", ".sbv", ".html", ".htm", ".docx", ".pdf", ".json")
"""The endings of files that a folder is searched for."""


def opened(chosen: Chosen) -> Library:
    """Open what the command is about: the files after ``--in``, else the library.

    Raises ``ParseError`` for the first file that is no interview, ``LibraryError`` for a library that
    can't be used.
    """
    from rag.library import Library

    if chosen.files:
        return Library.of(read_all(chosen.files, chosen), model=chosen.model)
    if chosen.library and chosen.store:
        raise click.UsageError("Choose --library DIR or --store URI, not both.")
    return Library.open(chosen.library, chosen.store, model=chosen.model)


def read_all(paths: Sequence[str], chosen: Chosen) -> list[Interview]:
    """Read every interview; raise the first one's error with its path.

    A text without turns is taken for the words of the one speaker who is named, where it is named itself
    rather than found in a folder: of what lies there nobody may have thought.
    """
    named = [name for name in (chosen.only_speaker, *chosen.speakers) if name]
    found = []
    for path in paths:
        for source in expand(path):
            try:
                found.append(read_one(source, chosen, replace(chosen.parsing, speaker=None)))
            except NoTurns:
                if len(named) != 1 or source != path:
                    raise
                found.append(read_one(source, chosen, replace(chosen.parsing, speaker=named[0])))
    return found


def read_one(source: str, chosen: Chosen, options: ParseOptions | None = None) -> Interview:
    """Read one file or address, with ``options`` or those of the command line.

    Raises ``ParseError`` for a file that is no interview, ``FetchError`` for an address.
    """
    from rag.parsing import read

    options = options or chosen.parsing
    if is_address(source):
        return read(source, options, allow_private=chosen.allow_private)
    existing([source])
    if os.path.isdir(source):
        raise _no_interviews(source)  # one that has some was expanded to them
    return read(Path(source), options)


def existing(sources: Sequence[str]) -> tuple[str, ...]:
    """Return ``sources``; raise ``ParseError`` for the first that is neither an address nor there."""
    for source in sources:
        if is_address(source) or os.path.exists(source):
            continue
        raise ParseError(
            f"{source}: only addresses that start with http:// or https:// are fetched."
            if "://" in source
            else f"{source}: there is no such file."
        )
    return tuple(sources)


def is_address(source: str) -> bool:
    """Tell a web address from a path."""
    return source.lower().startswith(("http://", "https://"))


def is_source(name: str) -> bool:
    """Tell an address or an existing file from an interview's id."""
    return is_address(name) or Path(name).is_file()


def expand(source: str) -> Iterator[str]:
    """Yield a folder's interviews, in the order of their names; anything else is yielded as it is.

    Hidden files and files of kinds that hold no interviews are left out; links to folders aren't followed.
    """
    if is_address(source) or not os.path.isdir(source):
        yield source
        return
    found = False
    for folder, subfolders, names in os.walk(source):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in KINDS:
                found = True
                yield os.path.join(folder, name)
    if not found:
        raise _no_interviews(source)


def _no_interviews(folder: str) -> ParseError:
    return ParseError(f"{folder}: no interviews in this folder; it has no {', '.join(KINDS)} files.")
