"""Which interviews a command works on: the library, or files named on the command line.

In: paths, addresses and ``Chosen``. Out: an open ``Library``, or interviews read one by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.datatypes import Interview
from rag.errors import NoTurns, OnTheRecordError, ParseError
from rag.parsing.formats import ENDINGS
from rag.questions import is_whole
from rag.speakers import require_speakers
from ui.options import Chosen

if TYPE_CHECKING:
    from rag.library import Library
    from rag.parsing import ParseOptions


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
    """Read every interview; raise the first error with the path of what it is about.

    A text without turns is taken for the words of the one speaker who is named, where it is named itself
    rather than found in a folder: of what lies there nobody may have thought.
    """
    named = [name for name in (chosen.only_speaker, *chosen.speakers) if name]
    found = []
    for source in expanded(paths):
        try:
            found.append(read_one(source, chosen, replace(chosen.parsing, speaker=None)))
        except NoTurns as error:
            if len(named) != 1 or source not in paths:
                raise _about(source, error) from error
            found.append(read_one(source, chosen, replace(chosen.parsing, speaker=named[0])))
        except OnTheRecordError as error:
            raise _about(source, error) from error
    return found


def read_one(source: str, chosen: Chosen, options: ParseOptions | None = None) -> Interview:
    """Read one file or address, with ``options`` or those of the command line.

    Raises ``ParseError`` for a file that is no interview or in which nobody has a name that is given a role,
    ``FetchError`` for an address.
    """
    from rag.parsing import read

    options = options or chosen.parsing
    existing([source])
    if not is_address(source) and os.path.isdir(source):
        raise _of_folder(source)  # one with interviews was expanded to them
    interview = read(source if is_address(source) else _file(source), options, allow_private=chosen.allow_private)
    require_speakers(interview, chosen.interviewers, chosen.interviewees)
    return interview


def existing(sources: Sequence[str]) -> tuple[str, ...]:
    """Return ``sources``; raise ``ParseError`` for the first that is neither an address nor there to be read."""
    for source in sources:
        if is_address(source):
            continue
        if not is_whole(source):
            raise ParseError(f"{source}: the file's name isn't UTF-8: rename it.")
        try:
            os.stat(source)
        except (FileNotFoundError, NotADirectoryError):
            raise ParseError(
                f"{source}: only addresses that start with http:// or https:// are fetched."
                if "://" in source
                else f"{source}: there is no such file."
            ) from None
        except OSError as error:
            raise ParseError(f"{source}: can't read it: {error.strerror}") from error
    return tuple(sources)


def is_address(source: str) -> bool:
    """Tell a web address from a path."""
    return source.lower().startswith(("http://", "https://"))


def is_source(name: str) -> bool:
    """Tell an address or an existing file from an interview's id."""
    return is_address(name) or Path(name).is_file()


def real(source: str) -> str:
    """Return what tells a source from others: an address as it stands, a file's whole path without links."""
    return source if is_address(source) else os.path.realpath(source)


def expanded(sources: Iterable[str]) -> Iterator[str]:
    """Yield the interviews in ``sources``, a file once however many names and links lead to it."""
    seen: set[str] = set()
    for source in sources:
        for one in _expand(source):
            if real(one) not in seen:
                seen.add(real(one))
                yield one


def reason(error: OnTheRecordError | OSError, source: str) -> str:
    """Return why a source failed, without its name, which stands before it anyway."""
    message = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    for name in (source, real(source)):
        message = message.removeprefix(f"{name}: ").removeprefix(f"{Path(name).name}: ")
        message = message.replace(f"can't read {name!r}", "can't read it")
    return message


def _expand(source: str) -> Iterator[str]:
    """Yield a folder's interviews, in the order of their names; anything else is yielded as it is.

    Hidden files and files of kinds that hold no interviews are left out; links to folders aren't followed. Folders
    that can't be read, or hold no interviews, are yielded themselves: reading them tells why.
    """
    if is_address(source) or not os.path.isdir(source):
        yield source
        return
    found = False
    unreadable: list[str] = []
    for folder, subfolders, names in os.walk(source, onerror=lambda e: unreadable.append(str(e.filename or source))):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS:
                found = True
                yield os.path.join(folder, name)
    yield from unreadable if found or unreadable else [source]


def _file(source: str) -> Path:
    """Return the file that a link leads to, so that it has one title whatever it is called here.

    A file whose own name has no ending that we know (annexed data have hashes for names) goes by the link's.
    """
    file = Path(real(source))
    return file if file.suffix.lower() in ENDINGS else Path(source)


def _of_folder(folder: str) -> ParseError:
    """Return why no interview is read from a folder."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        return ParseError(f"{folder}: can't read it: {error.strerror}")
    return ParseError(f"{folder}: no interviews in this folder; it has no {', '.join(ENDINGS)} files.")


def _about(source: str, error: OnTheRecordError) -> OnTheRecordError:
    """Return the error with the path that it is about."""
    return type(error)(str(error) if source in str(error) else f"{source}: {reason(error, source)}")
