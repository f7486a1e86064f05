"""Any source of an interview to an ``Interview``: the one door into parsing.

In: bytes with a name, a path, or an address. Out: ``Interview`` with speakers, roles, sections, offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from rag.datatypes import Interview, Mark, Role, Turn
from rag.dates import day_of
from rag.errors import NoTurns, ParseError
from rag.parsing.bearing import belied
from rag.parsing.document import Document
from rag.parsing.formats import SNIFFED, document_of, format_of, refuse_foreign
from rag.parsing.header import Header, header_of
from rag.parsing.lead import Lead, lead_of, named_by_title
from rag.parsing.lines import lines_of, stamps
from rag.parsing.names import full_name, named
from rag.parsing.options import AS_FOUND, ParseOptions
from rag.parsing.register import Register
from rag.parsing.roles import People, assign
from rag.parsing.turns import Piece, as_one, before_marks, cut
from rag.patterns import lazy

__all__ = ["AS_FOUND", "ParseOptions", "origin_of", "parse", "read", "slug"]

MAX_SLUG: Final = 60
"""Characters of an interview's id."""

MAX_TITLE: Final = 300
_CLOCK: Final = lazy(r"\s*[\[(]?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?[\])]?\s*$")
_ADDRESS: Final = lazy(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def parse(data: bytes, name: str, options: ParseOptions = AS_FOUND) -> Interview:
    """Parse one interview; ``name`` is the file's name, whose ending tells the format.

    Raises:
        ParseError: the source can't be read, or nobody can be told apart in it.
    """
    kind = format_of(data, name)
    return replace(interview_of(document_of(data, name, kind), name, options), told=options.told)


def read(source: Path | str, options: ParseOptions = AS_FOUND, *, allow_private: bool = False) -> Interview:
    """Read an interview from a file or an ``http(s)`` address.

    Addresses on this machine and its local network are refused unless ``allow_private``.

    Raises:
        ParseError: the source can't be read, or nobody can be told apart in it.
        FetchError: the address can't be fetched, or may not be.
    """
    address = str(source)
    if _ADDRESS.match(address):
        from rag.parsing.fetch import fetch

        page = fetch(address, allow_private=allow_private)
        origin = options.origin or origin_of(source)
        return parse(page.data, page.name, replace(options, url=options.url or page.url, origin=origin))
    path = Path(source)
    try:
        with path.open("rb") as file:
            head = file.read(SNIFFED)
            refuse_foreign(head, path.name)  # before a film is read into memory
            data = head + file.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ParseError(f"can't read {address!r}: {reason}") from error
    return parse(data, path.name, replace(options, origin=options.origin or origin_of(path)))


def origin_of(source: Path | str) -> str:
    """Return by what a source is known again: an address as it stands, a file by its whole path."""
    address = str(source)
    return address if _ADDRESS.match(address) else str(Path(source).resolve())


def interview_of(document: Document, name: str, options: ParseOptions = AS_FOUND) -> Interview:
    """Tell who speaks in a document, and put the interview together.

    Raises:
        ParseError: it has no words, or nobody can be told apart in it.
    """
    lines = lines_of(document)
    if not lines:
        raise ParseError(f"{name}: there is no text in it; take the file or page that has the words of the interview")
    header = header_of(document, lines)
    opening: tuple[Piece, ...] = ()
    if options.speaker:
        pieces = as_one(document, lines, options.speaker)
    else:
        body = [line for number, line in enumerate(lines) if number not in header.lines]
        told = (*options.interviewers, *options.interviewees, *header.interviewers, *header.interviewees)
        pieces = cut(document, body, (*told, *document.interviewers, *document.interviewees, *document.people))
        opening = before_marks(document, body, pieces) if pieces else ()
    if not pieces:
        raise NoTurns(
            f"{name}: no turns found in it; mark them (as in NAME: words), "
            'or say with --speaker "NAME" whose words all of it is'
        )
    lead = lead_of(document, lines, pieces[0].start)
    turns = assign(document.text, pieces, _people(document, header, lead, options, pieces))
    unmarked = tuple(Turn(p.start, p.end, None, Role.OTHER, p.section) for p in opening)
    told_apart = any(block.voice for block in document.blocks)  # so what heads the talk is a section
    title = options.title or document.title or header.title or _title_above(lead, pieces) or _from_file(name)
    return Interview(
        id=slug(options.id or title),
        text=document.text,
        turns=_without_title((*unmarked, *turns), title, *(() if told_apart else (lead.title, *lead.lines))),
        title=title[:MAX_TITLE],
        outlet=options.outlet or document.outlet,
        date=options.date or day_of(document.date or "") or header.date,
        url=options.url or document.url,
        origin=options.origin,
        times=document.times or _times(pieces) or stamps(lines),
        pages=document.pages,
        descriptions=_descriptions(turns, pieces, lead, options),
        author=document.author,
    )


def slug(title: str) -> str:
    """Make a short readable id of small letters, digits and hyphens, in which no path can hide."""
    plain = unicodedata.normalize("NFKD", title[: 10 * MAX_SLUG]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > MAX_SLUG:
            break
        short = f"{short}-{word}" if short else word[:MAX_SLUG]
    return short or "interview"


def _people(document: Document, header: Header, lead: Lead, options: ParseOptions, pieces: Sequence[Piece]) -> People:
    """Gather who is known to take part; a person's word wins over the format's, the header's, then the lead's."""
    told = (*options.interviewers, *options.interviewees, *((options.speaker,) if options.speaker else ()))
    asking = options.interviewers or _besides(document.interviewers, told)
    answering = options.interviewees or _besides(document.interviewees, told)
    given = (*told, *asking, *answering)
    led = () if belied(document.text, pieces, lead.interviewees) else lead.interviewees
    interviewees = header.interviewees or led or _in_title(document, pieces)
    return People(
        interviewers=asking or _besides(header.interviewers or lead.interviewers, given),
        interviewees=(options.speaker,) if options.speaker else answering or _besides(interviewees, given),
        others=document.people,
        crew=header.crew,
        mentioned=lead.mentioned,
        initials=(*header.initials, *lead.initials),
        outlet=options.outlet or document.outlet,
    )


def _in_title(document: Document, pieces: Sequence[Piece]) -> tuple[str, ...]:
    if not document.title or any(p.label for p in pieces):
        return ()
    first = next((document.text[p.start : p.end] for p in pieces if p.role is not Role.INTERVIEWER), "")
    name = named_by_title(document.title, first)
    return (name,) if name else ()


def _besides(names: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    known = Register(given)
    return tuple(n for n in names if n not in known)


def _title_above(lead: Lead, pieces: Sequence[Piece]) -> str | None:
    """Return the title above the talk, unless it is a speaker's label on a line of its own."""
    name = named(_CLOCK.sub("", lead.title)).name if lead.title else ""
    return lead.title if name not in {p.label for p in pieces} else None


def _from_file(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return " ".join(re.sub(r"[_\x00-\x1f]+", " ", stem).split()) or "interview"


def _without_title(turns: Sequence[Turn], *titles: str | None) -> tuple[Turn, ...]:
    """Don't call the page's title a section, nor a list of the speakers."""
    same = {" ".join(t.split()).casefold() for t in titles if t}
    speakers = {t.speaker.casefold() for t in turns if t.speaker}

    def no_section(words: str) -> bool:
        names = [name.strip().casefold() for name in words.split(",")]
        return words.casefold() in same or (len(names) > 1 and len(speakers & set(names)) > 1)

    return tuple(replace(t, section=None) if t.section and no_section(t.section) else t for t in turns)


def _times(pieces: Sequence[Piece]) -> tuple[Mark, ...]:
    """Take the times from the labels, as in ``Jane Doe (00:01:02)``."""
    return tuple(Mark(p.start, p.seconds) for p in pieces if p.seconds is not None)


def _descriptions(
    turns: Sequence[Turn], pieces: Sequence[Piece], lead: Lead, options: ParseOptions
) -> tuple[tuple[str, str], ...]:
    speakers = tuple(dict.fromkeys(t.speaker for t in turns if t.speaker))
    found = {
        t.speaker: p.description
        for t, p in reversed(list(zip(turns, pieces, strict=True)))
        if t.speaker and p.description
    }
    for name, what in (*lead.descriptions, *options.descriptions):
        found[full_name(name, speakers)] = what
    return tuple((who, what) for who, what in found.items() if what and who in speakers)
