"""What the lines around it tell of a label: a time above or below a name, an answer below a question, a byline.

In: a document's lines, and what has the shape of a label. Out: which of them are labels after all, or are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rag.parsing.label_shapes import Label, Style, candidate
from rag.parsing.lines import DASHES, Line, after_bullet, asks, ends_sentence, unfinished
from rag.parsing.names import bystander, name_like, named, role_word
from rag.parsing.register import Register
from rag.patterns import lazy

TIMED_SHARE: Final = 0.8
"""Of the times alone on their lines, how many must have a name beside them for it to be a label."""

BULLETED_SHARE: Final = 0.8
"""Of all bullets, how many must have a label that comes again; a list in an answer has other words each time."""

INITIALLED_SHARE: Final = 0.6
"""Of all paragraphs, how many must open with initials for these to be labels; answers may have several paragraphs."""

MIN_EXCHANGED: Final = 2
"""A name alone on a line may come so seldom where its bearer only asks, and the other only answers."""

WITH_COLON: Final = (Style.BOLD, Style.UPPER, Style.PLAIN)

MAX_SMALL: Final = 4
"""Letters of a word that titles have in small letters: ``Life with Bread``."""

MAX_TITLE: Final = 12
"""Words of a title after its colon."""

_BYLINE: Final = lazy(
    r"(?:(?i:(?:(?:words|text|interview|story) )?by) [A-Z]\S+(?: [A-Z]\S+){1,3}"
    r"|(?i:posted|published|updated|last updated)\b.{0,40}"
    r"|\d{1,3}[ -]min(?:ute)?s? read|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})$"
)
_NUMBER_BEFORE: Final = lazy(r"\d{1,4} (.+)")
_INITIALLED: Final = lazy(r"(?P<label>(?:[A-Z]\.){2,3})[ \xa0](?=\S)")
_QUOTED: Final = lazy(r"[\"“„«‘'][^\"“”„«»]+[\"”“»’']$")


def beside_times(lines: Sequence[Line], found: Mapping[int, Label]) -> dict[int, Label]:
    """Take names that stand alone, and a time alone above or below each, for labels.

    Only where nearly all times have a name, and most names come again: otherwise a short word is said at a time,
    or it is a programme of the day.
    """
    times = [n for n, line in enumerate(lines) if line.seconds is not None and line.body >= line.end]
    alone = {n for n, label in found.items() if label.style is Style.OWN_LINE and not lines[n].heading}
    above = {n + 1: lines[n].seconds for n in times if n + 1 in alone and n + 2 < len(lines) and n + 2 not in times}
    below = {n - 1: lines[n].seconds for n in times if n - 1 in alone}
    named = {} if _with_colons(found) else max(above, below, key=len)
    often = Counter(found[n].name.casefold() for n in named)
    again = sum(count > 1 for count in often.values())
    if not named or len(named) < TIMED_SHARE * len(times) or again * 2 < len(often):
        return dict(found)
    return {**found, **{n: replace(found[n], style=Style.CLOCKED, seconds=at) for n, at in named.items()}}


def without_numbers(found: Mapping[int, Label]) -> dict[int, Label]:
    """Take the number of a turn from the name behind it, ``112 Ruth: ...``, where Ruth speaks without one too."""
    names = {label.name for label in found.values()}
    bare = {n: match[1] for n, label in found.items() if (match := _NUMBER_BEFORE.fullmatch(label.name))}
    return {n: replace(label, name=bare[n]) if bare.get(n) in names else label for n, label in found.items()}


def bulleted(text: str, lines: Sequence[Line], shaped: Mapping[int, Label]) -> Mapping[int, Label]:
    """Find labels behind bullets, ``- Ann: What did you see?``: nearly all bullets have one, and names come again.

    Among ``shaped`` labels without bullets, one with a bullet is a list's inside somebody's answer.
    """
    if _with_colons(shaped):
        return {}
    at = {n: after_bullet(text, line.body, line.end) for n, line in enumerate(lines) if not line.heading}
    behind = {n: replace(lines[n], body=start, strong=start) for n, start in at.items() if start > lines[n].body}
    found = {n: x for n, line in behind.items() if (x := candidate(text, line)) and x.at > line.body and not x.dashed}
    found = {n: x for n, x in found.items() if x.style in (Style.PLAIN, Style.UPPER)}
    again = sum(count for count in Counter(x.name for x in found.values()).values() if count > 1)
    names = {x.name for x in found.values()}
    return found if len(names) > 1 and min(len(found), again) >= BULLETED_SHARE * len(behind) else {}


def by_office(found: Mapping[int, Label]) -> dict[int, Label]:
    """Call whoever is named beside an office by the office, where the others of these turns have nothing else.

    ``The Prime Minister (Ann Ek)`` goes on as ``The Prime Minister``, a lesser minister as ``Ann Ek``.
    """
    names = {label.name for label in found.values()}
    offices = {
        n: x.description for n, x in found.items() if x.description in names and x.description.startswith("The ")
    }
    return {n: replace(x, name=offices[n], description=x.name) if n in offices else x for n, x in found.items()}


def initialled(text: str, lines: Sequence[Line], shaped: Mapping[int, Label]) -> Mapping[int, Label]:
    """Find initials without any mark behind them, ``J.B. What did he say?``, where two people's open most paragraphs.

    ``J.B. Priestley was there too.`` may open one or two.
    """
    if _with_colons(shaped):
        return {}
    matches = {
        n: m for n, line in enumerate(lines) if line.first and (m := _INITIALLED.match(text, line.body, line.end))
    }
    times = Counter(match["label"] for match in matches.values())
    below = sum(line.first for line in lines[min(matches, default=0) :])
    if len(times) < 2 or min(times.values()) < MIN_EXCHANGED or times.total() < INITIALLED_SHARE * below:
        return {}
    return {n: Label(match.end(), match["label"], Style.PLAIN) for n, match in matches.items()}


def _with_colons(found: Mapping[int, Label]) -> bool:
    """Tell whether two names come again with a colon after them, so that speakers are marked so here."""
    times = Counter(x.name.casefold() for x in found.values() if x.style in WITH_COLON and x.name)
    return sum(count > 1 for count in times.values()) > 1


def exchanged(text: str, lines: Sequence[Line], found: Mapping[int, Label]) -> frozenset[str]:
    """Return names on lines of their own that take turns: two of which one only asks, or any that are in bold.

    Somebody named whole the first time, and by a part of the name from there on, is one of them.
    """
    own = {n: label.name.casefold() for n, label in found.items() if label.style is Style.OWN_LINE}
    people = _people(own)
    names = frozenset(who for who, count in Counter(people.values()).items() if count >= MIN_EXCHANGED)
    order = [n for n, who in people.items() if who in names]
    written = frozenset(own[n] for n in order)
    if any(own[n] in written for n in own.keys() - people.keys()):
        return frozenset()  # what stands below the title would be a turn
    below = {n + 1 for n in order if n + 1 < len(lines)} - found.keys()
    if len(names) > 1 and all(lines[n].bold and n + 1 in below and not lines[n + 1].bold for n in order):
        return written
    said = [people[n] for n in order]
    if len(names) != 2 or any(a == b for a, b in pairwise(said)) or any(b - a < 2 for a, b in pairwise(order)):
        return frozenset()
    asking = {
        name: [asks(text, lines[n].end, lines[after - 1].end) for n, after in pairwise((*order, len(lines)))][side::2]
        for side, name in enumerate(said[:2])
    }
    asker = [name for name, turns in asking.items() if all(turns)]
    sided = len(asker) == 1 and not any(t for name in names - set(asker) for t in asking[name])
    return written if sided else frozenset()


def _people(own: Mapping[int, str]) -> Mapping[int, str]:
    """Call each of the names by the part of it that stands elsewhere; above them all a whole one is a title."""
    register = Register(dict.fromkeys(own.values()))
    parts = {name: [part for part in register.parts(name) if part != name] for name in register.names}
    people = {n: parts[name][0] if len(parts[name]) == 1 else name for n, name in own.items()}
    title = min(own, default=0)
    return {n: who for n, who in people.items() if n != title or who == own[n]}


def heads_of_paragraphs(lines: Sequence[Line], found: Mapping[int, Label], often: Register) -> frozenset[int]:
    """Return names on the first line of a paragraph, where the names heard ``often`` all stand so, as in Hansard."""
    own = [n for n, label in found.items() if label.style is Style.OWN_LINE]
    heads = frozenset(n for n in own if lines[n].first and not lines[n].alone and not lines[n].heading)
    names = [n for n in own if found[n].name in often]
    return heads if names and heads.issuperset(names) else frozenset()


def headline(text: str, lines: Sequence[Line], kept: Mapping[int, Label]) -> bool:
    """Tell a headline from the first turn: ``Ivo Marek: "Four tables are enough"``, or anything above a byline.

    Likewise ``The Baker's Hour: Bread and Air``, a first line that doesn't end as the turns do; below one that
    begins with a speaker's name, and may be that speaker's, something else must stand.
    """
    order = list(kept)
    if len(order) < 2:
        return False
    first, second = order[:2]
    if above_byline(text, lines[first + 1 : second]):
        return True
    again = [n for n in order[1:] if kept[n].name == kept[first].name]
    return (
        lines[first].alone
        and _in_quotes(text, lines[first], kept[first])
        and not any(_in_quotes(text, lines[n], kept[n]) for n in again)
    ) or _title(text, lines, kept, bool(again))


def _title(text: str, lines: Sequence[Line], kept: Mapping[int, Label], speaks: bool) -> bool:
    """Tell a first line that is short, stands alone, and doesn't end as a sentence where most turns do.

    Whoever ``speaks`` below it may have said it: not in a title's capitals, with something else below it.
    """
    number, second, *others = kept
    first, label = lines[number], kept[number]
    words = text[label.at : first.end]
    sided = role_word(label.name) is not None or bystander(label.name) or len(label.name) == 1
    if (
        number
        or not first.alone
        or label.style not in WITH_COLON
        or sided
        or not words
        or len(words.split()) > MAX_TITLE
    ):
        return False
    below = second - number > 1
    if below and text.count("\n", first.end, lines[1].start) < 2:
        return False  # its sentence may go on there
    if speaks and not (below and all(w[0].isupper() for w in words.split() if len(w) > MAX_SMALL)):
        return False
    last = [lines[after - 1] for after in (*others, len(lines))]
    ended = sum(ends_sentence(text, line.start, line.end) for line in last)
    quiet = not (ends_sentence(text, first.start, first.end) or unfinished(text, first.start, first.end))
    return quiet and 2 * ended > len(last)


def opened(text: str, lines: Sequence[Line], found: Mapping[int, Label]) -> Sequence[Line]:
    """Let lines open blocks that follow a finished one, where most of those have a label that comes again.

    So a talk set line by line reads the same whether or not a blank line stands somewhere in it.
    """
    times = Counter(label.name.casefold() for label in found.values())
    close = [n for n in range(1, len(lines)) if text.count("\n", lines[n - 1].end, lines[n].start) < 2]
    inside = {n for n in close if finished(text, lines, n)}
    again = sum(n in found and times[found[n].name.casefold()] > 1 for n in inside)
    if 2 * again <= len(inside):
        return lines
    opening = {n for n, line in enumerate(lines) if line.first or n in inside} | {len(lines)}
    listed = {n for n, label in found.items() if times[label.name.casefold()] == 1}  # two below each other are a list
    return [
        replace(line, first=n in opening, alone=line.alone or ({n, n + 1} <= opening and not listed & {n - 1, n + 1}))
        for n, line in enumerate(lines)
    ]


def finished(text: str, lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line follows one that ends a sentence, breaks off with a dash, or is an aside in brackets."""
    before = lines[number - 1] if number else None
    return before is None or text[before.end - 1] in DASHES + ")]" or ends_sentence(text, before.start, before.end)


def above_byline(text: str, below: Sequence[Line]) -> bool:
    """Tell a headline by the lines below it, one of which is a byline or the day of publication."""
    return any(_BYLINE.match(text, line.start, line.end) for line in below)


def cast(text: str, lines: Sequence[Line], kept: Mapping[int, Label]) -> frozenset[int]:
    """Find the list of who takes part above the talk: ``Ann Ek: editor of Hive``, each of whom speaks below it.

    A marker takes no part, nor does a letter, unless it is spelt out: ``Q: Lou Marsh``.
    """
    order = [n for n, label in kept.items() if not label.marker]
    block = [n for n in order if lines[n].block == lines[order[0]].block] if order else []
    if any(len(kept[n].name) == 1 and not _names(text, lines[n], kept[n]) for n in block):
        return frozenset()
    listed = [kept[n].name for n in block]
    below = order[len(block) :]
    together = len(set(listed)) == len(block) > 1 and {kept[n].name for n in below}.issuperset(listed)
    ended = [n for n in order if ends_sentence(text, lines[n].start, lines[n].end)]
    untold = not set(ended) & set(block) and len(ended) * 2 > len(below)
    return frozenset(block) if together and untold else frozenset()


def _names(text: str, line: Line, label: Label) -> bool:
    return name_like(named(text[label.at : line.end]).name)


def _in_quotes(text: str, line: Line, label: Label) -> bool:
    return _QUOTED.match(text, label.at, line.end) is not None
