"""Answers as programs get them: the JSON objects that the command line, the page and MCP give out.

In: ``Answer``, ``Interview``, ``Summary``, ``Verdict``. Out: dicts of plain values, and the two ways of pointing
at a quote: a citation to paste, and a link that opens the source there.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as percent_encoded

from rag.datatypes import Answer, Interview, Quote, Verdict
from rag.passages import PARAGRAPH_BREAK
from rag.store import Summary

Json = dict[str, Any]

LINK_WORDS = 6
"""How many words at each end a text fragment names when a quote is longer than twice that."""
TELLING_WORDS = 3
"""A paragraph with fewer words may be like others."""


def answer_json(answer: Answer, id: str | None = None) -> Json:
    """Return an answer as one JSON object; ``id`` is the question's in a file of questions."""
    return {
        "id": id,
        "question": answer.question,
        "meant": answer.meant,
        "status": answer.status.value,
        "confidence": round(answer.confidence, 4),
        "quotes": [quote_json(q) for q in answer.quotes],
        "closest": [quote_json(q) for q in answer.closest],
        "check": _check_json(answer.verdict) if answer.verdict else None,
    } | ({"note": answer.note} if answer.note else {})


def quote_json(quote: Quote) -> Json:
    """Return a quote; all offsets are characters of the interview's text."""
    interview = quote.interview
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "interview": interview.id,
        "title": interview.title,
        "speaker": quote.speaker,
        "role": quote.role.value,
        "turn": quote.turn,
        "section": quote.section,
        "asked": quote.asked,
        "timestamp": clock(interview.time_at(quote.start)),
        "page": interview.page_at(quote.start),
        "highlight": [list(span) for span in quote.highlight],
        "citation": citation(quote),
        "link": link(quote),
    }


def interview_json(interview: Interview) -> Json:
    """Return an interview with every turn, as ``onrecord show`` prints it."""
    return {
        "id": interview.id,
        "title": interview.title,
        "outlet": interview.outlet,
        "date": interview.date,
        "author": interview.author,
        "url": interview.url,
        "interviewers": list(interview.interviewers),
        "interviewees": list(interview.interviewees),
        "turns": [
            {
                "speaker": turn.speaker,
                "role": turn.role.value,
                "section": turn.section,
                "timestamp": clock(interview.time_at(turn.start)),
                "start": turn.start,
                "end": turn.end,
                "text": interview.text[turn.start : turn.end],
            }
            for turn in interview.turns
        ],
    }


def summary_json(summary: Summary) -> Json:
    """Return a line of a library's list."""
    return {
        "id": summary.id,
        "title": summary.title,
        "outlet": summary.outlet,
        "date": summary.date,
        "interviewees": list(summary.interviewees),
        "words": summary.words,
    }


def verdict_json(verdict: Verdict) -> Json:
    """Return what became of a quotation that was checked."""
    return _check_json(verdict) | {"quote": quote_json(verdict.quote) if verdict.quote else None}


def _check_json(verdict: Verdict) -> Json:
    changes = [{"op": c.op, "yours": c.yours, "theirs": c.theirs} for c in verdict.changes]
    return {"verdict": verdict.finding.value, "changes": changes}


def clock(seconds: float | None) -> str | None:
    """Return seconds as ``HH:MM:SS``."""
    if seconds is None:
        return None
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def citation(quote: Quote) -> str:
    """Return one readable line: who, in which interview, where in it."""
    interview = quote.interview
    speaker = quote.speaker or "unnamed speaker"
    described = interview.description(quote.speaker)
    who = f"{speaker}, {described}" if described else speaker
    source = ", ".join(part for part in (interview.outlet, interview.date) if part)
    what = f"“{interview.title}”" + (f" ({source})" if source else "")
    return ", ".join([who, f"in {what}", *_place(quote)])


def _place(quote: Quote) -> list[str]:
    interview = quote.interview
    at = clock(interview.time_at(quote.start))
    page = interview.page_at(quote.start)
    place = [f"at {at}"] if at else []
    place += [f"page {page}"] if page is not None else []
    paragraph = paragraph_of(quote)
    place.append(f"turn {quote.turn + 1}" + (f", paragraph {paragraph}" if paragraph > 1 else ""))
    return place


def paragraph_of(quote: Quote) -> int:
    """Return the number, from 1, of the quote's paragraph in its turn."""
    before = quote.interview.text[quote.interview.turns[quote.turn].start : quote.start]
    return sum(1 for part in PARAGRAPH_BREAK.split(before)[:-1] if part.strip()) + 1


def link(quote: Quote) -> str | None:
    """Return the source's address with a text fragment that makes a browser open it at the quote.

    A browser looks for each term inside one paragraph: of several, the first and the last one's words are named.
    One of a word or two ("No.") is passed over, since it may stand anywhere.
    """
    url = quote.interview.url
    if not url or not url.startswith(("http://", "https://")):
        return None
    paragraphs = [paragraph.split() for paragraph in PARAGRAPH_BREAK.split(quote.text)]
    paragraphs = [words for words in paragraphs if len(words) >= TELLING_WORDS] or [max(paragraphs, key=len)]
    first, last = paragraphs[0], paragraphs[-1]
    if len(paragraphs) == 1 and len(first) <= 2 * LINK_WORDS:
        fragment = _escaped(first)
    else:
        fragment = f"{_escaped(first[:LINK_WORDS])},{_escaped(last[-LINK_WORDS:])}"
    return f"{url.split('#', 1)[0]}#:~:text={fragment}"


def _escaped(words: list[str]) -> str:
    return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
