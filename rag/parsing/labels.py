"""Which lines open with a speaker's label.

In: a document's lines. Out: ``Label``s by line number, only where the document as a whole bears them out:
a name that is merely mentioned, ``Note:`` or ``http:`` is no label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rag.parsing.label_lines import (
    above_byline,
    beside_times,
    bulleted,
    by_office,
    cast,
    exchanged,
    finished,
    headline,
    heads_of_paragraphs,
    initialled,
    opened,
    without_numbers,
)
from rag.parsing.label_shapes import Label, Style, candidate, marks_in_brackets, with_dash
from rag.parsing.lines import CLOSERS, Line, asks
from rag.parsing.names import (
    bystander,
    first_names,
    hosting,
    initials_like,
    name_words,
    role_word,
    shadowed_initials,
    title_word,
)
from rag.parsing.register import Mentions, Register
from rag.parsing.unlikely_names import unlikely_names

MIN_STYLE_SHARE: Final = 0.2
"""Labels set otherwise than the most frequent ones (not bold, say) must be this frequent to be believed."""

MAX_BEFORE: Final = 0.6
"""Share of the text that may stand above the first label."""

MIN_OWN_LINE: Final = 3
"""A name alone on a line, without a colon or a time, must come so often to be a label."""

ASKING_LETTERS: Final = {"q": "ar", "p": "r", "d": "r", "f": "as", "в": "о"}
"""Letters for questions, with those for answers: English, French, Spanish, Italian, German, Swedish, Russian."""

MIN_TITLED: Final = 4
FORMAL_SHARE: Final = 0.9
"""``Mr. Hollis.`` at the head of a line is a label where it comes so often, and mostly set in."""

MAX_ABOVE: Final = 40
"""Lines above the first question in which an opening statement is looked for."""

MAX_ONCE: Final = 4
"""More labels than this, none of which comes twice, are a list."""


def labels_of(text: str, lines: Sequence[Line], known: Iterable[str] = ()) -> Mapping[int, Label]:
    """Find the lines that open with a label; ``known`` are names of people who take part."""
    known = tuple(known)
    called = first_names(marks_in_brackets(text, lines)) | unlikely_names(text, lines) | set(known)
    shaped = {n: x for n, line in enumerate(lines) if (x := candidate(text, line, called))}
    shaped |= initialled(text, lines, shaped) or bulleted(text, lines, shaped)
    found = beside_times(lines, _dashes_first(text, lines, by_office(without_numbers(shaped))))
    believed = _believed(text, lines, found, Register(known))
    unsaid = cast(text, lines, believed) or ({min(believed)} if headline(text, lines, believed) else frozenset())
    believed = {n: label for n, label in believed.items() if n not in unsaid}
    speaking = [n for n in believed if not believed[n].marker]
    if len(speaking) < 2 or not _early(lines, speaking[0]):
        return {}
    names = {believed[n].name for n in speaking}
    everyone = Register(names)
    times = Counter(max(everyone.wholes(believed[n].name), key=len, default="") for n in speaking)
    once = sum(count == 1 for count in times.values())
    if len({name.casefold() for name in names}) == 1 and _key_of_a_list(text, lines, believed[speaking[0]], known):
        return {}
    listed = len(speaking) > MAX_ONCE and once > len(speaking) / 2
    return {} if listed and not (_broadcast(believed) or _reporters(text, lines, believed)) else believed


def _key_of_a_list(text: str, lines: Sequence[Line], label: Label, known: Iterable[str]) -> bool:
    """Tell ``Files: ...`` again and again, or a poem's refrain, from a person's turns: nobody known, nobody asks."""
    listed = label.style is Style.OWN_LINE or (label.style is Style.PLAIN and len(label.name.split()) == 1)
    speaks = role_word(label.name) or bystander(label.name) or Register(known).wholes(label.name)
    return listed and not speaks and not any(asks(text, line.body, line.end) for line in lines)


def opening_label(text: str, lines: Sequence[Line], before: int, known: Iterable[str] = ()) -> tuple[int, Label] | None:
    """Find whose words stand above the first question, where a label says it: ``ANN EK: Our guest ...``.

    Its bearer is known, or comes up again; a headline's words don't end as a sentence does, nor stand above a byline.
    """
    register = Register(known)
    for number, line in enumerate(lines[: min(before, MAX_ABOVE)]):
        label = candidate(text, line)
        last = max((x.end for x in lines[number : min(before, MAX_ABOVE)] if x.block == line.block), default=line.end)
        if (
            label
            and _strong(label.style)
            and (line.first and not line.heading and number)
            and text[label.at : last].rstrip(CLOSERS + " ").endswith(".")
            and (role_word(label.name) or register.wholes(label.name) or _comes_up_again(text, label.name))
            and not above_byline(text, lines[number + 1 : before])
        ):
            return number, label
    return None


def _comes_up_again(text: str, name: str) -> bool:
    """Tell a person's whole name, whose last part the text has elsewhere too."""
    words = name_words(name)
    found = re.findall(rf"\b{re.escape(words[-1])}\b", text, re.IGNORECASE) if len(words) > 1 else ()
    return len(found) > 1


def _broadcast(believed: Mapping[int, Label]) -> bool:
    """Tell a radio script, where one label says who is the host, and most others are people heard once."""
    return any(x.style is Style.UPPER and hosting(x.description) for x in believed.values())


def _reporters(text: str, lines: Sequence[Line], believed: Mapping[int, Label]) -> bool:
    """Tell a press conference: somebody speaks again and again, and all who are heard once by name ask something."""
    order = sorted(believed)
    ends = dict(zip(order, [*(lines[n].start for n in order[1:]), lines[-1].end], strict=True))
    times = Counter(label.name.casefold() for label in believed.values())
    once = [n for n in order if times[believed[n].name.casefold()] == 1 and not role_word(believed[n].name)]
    return bool(once) and len(once) < len(order) - 1 and all("?" in text[believed[n].at : ends[n]] for n in once)


def _dashes_first(text: str, lines: Sequence[Line], found: dict[int, Label]) -> Mapping[int, Label]:
    """Where a name is parted from its words by a dash, don't look for a colon: ``Ann – One thing: ...``."""
    dashed = Counter(x.name for x in found.values() if x.dashed)
    if dashed.total() < MIN_OWN_LINE:
        return found
    again = {n: with_dash(text, lines[n]) for n, x in found.items() if not x.dashed}
    return found | {n: d for n, d in again.items() if d and (d.name in dashed or found[n].description)}


def _early(lines: Sequence[Line], first: int) -> bool:
    return lines[first].start <= lines[0].start + MAX_BEFORE * (lines[-1].end - lines[0].start)


def _believed(text: str, lines: Sequence[Line], found: Mapping[int, Label], known: Register) -> Mapping[int, Label]:
    """Keep what the whole document bears out: names that come again, set as the others are."""
    times = Counter(label.name.casefold() for label in found.values())
    weight: Counter[Style] = Counter()
    for label in found.values():
        if times[label.name.casefold()] > 1 or role_word(label.name):
            weight[label.style] += 1
    if not weight:
        return _each_once(found, known)
    most = max(weight.values())
    usual = {style for style, count in weight.items() if count >= MIN_STYLE_SHARE * most}
    usual -= {Style.OWN_LINE, Style.DASHED} if any(_strong(s) for s in usual) else set()
    by_style = Counter((label.name.casefold(), label.style) for label in found.values())
    often = Register(n for (n, style), count in by_style.items() if style is Style.OWN_LINE and count >= MIN_OWN_LINE)
    letters = _letters(found)
    taking_turns = exchanged(text, lines, found)
    above_words = heads_of_paragraphs(lines, found, often)
    formal = _formal(text, lines, found)
    by_one_word = any(times[x.name.casefold()] > 1 and len(x.name.split()) == 1 for x in found.values())
    heard = Counter(label.name.casefold() for label in found.values() if label.style in usual and _strong(label.style))
    names = Register(dict.fromkeys(x.name for x in found.values() if heard[x.name.casefold()] > 1))
    opening = opened(text, lines, found)
    wholes = Register(x.name for n, x in found.items() if opening[n].first and _fuller(x, names))
    mentions = Mentions(text)
    kept: dict[int, Label] = {}
    for number, label in found.items():
        again = by_style[label.name.casefold(), label.style]
        itself = label.style in usual and _strong(label.style)
        # also set otherwise, as with a time in it, or by initials only: ``Lou Marsh:``, ``Marsh:``, and then ``LM:``
        whole = opening[number].first and (_fuller(label, names) or wholes.wholes(label.name))
        known_so = label.name and (whole or heard[label.name.casefold()] > itself)
        interrupting = "q" in letters and label.style is Style.UPPER and _interrupts(label)
        if interrupting and (lines[number].first or finished(text, lines, number)):
            kept[number] = label
            continue
        if label.style not in usual and not (_strong(label.style) and (label.marker or known_so)):
            continue
        if (
            not _strong(label.style)
            and again < MIN_OWN_LINE
            and not (_of_a_kind(label) and weight[label.style] > again)
            and not (label.style is Style.OWN_LINE and kept and _fuller(label, often))  # above all stands the title
            and not (label.style is Style.TITLED and formal)
            and not (label.style is Style.OWN_LINE and label.name.casefold() in taking_turns)
            and not (number in above_words and (again > 1 or label.description or title_word(label.name.split()[0])))
        ):
            continue
        if shadowed_initials(label.name) and again < 2:
            continue
        if label.style is Style.LETTER and not letters & ASKING_LETTERS.keys():
            continue
        if label.style is Style.TITLED and "q" not in letters and not (formal and _set_in(text, lines[number])):
            continue
        if label.style in (Style.OWN_LINE, Style.TITLED):
            kept[number] = label
            continue
        if (
            again > 1
            or (known_so and _strong(label.style))
            or _once(opening[number], label, known, by_one_word, mentions)
        ):
            kept[number] = label
    return kept


def _interrupts(label: Label) -> bool:
    """Tell ``MR. HALE: Objection.`` and ``THE COURT: Overruled.`` between the questions and answers of a court."""
    first, *others = label.name.split()
    return bool(others) and (first == "THE" or title_word(first))


def _fuller(label: Label, often: Register) -> bool:
    """Tell a name that is given whole the first time: ``ODILE BRANDT``, and ``BRANDT`` or ``OB`` from there on."""
    return any(name.casefold() != label.name.casefold() for name in often.parts(label.name))


def _formal(text: str, lines: Sequence[Line], found: Mapping[int, Label]) -> bool:
    """Tell a hearing's record, where each turn is set in and opens as ``Mr. Hollis. Thank you.`` does."""
    titled = [n for n, label in found.items() if label.style is Style.TITLED]
    times = Counter(found[n].name for n in titled if _set_in(text, lines[n]))
    again = [name for name, count in times.items() if count > 1]
    return len(again) > 1 and times.total() >= max(MIN_TITLED, FORMAL_SHARE * len(titled))


def _set_in(text: str, line: Line) -> bool:
    return line.first or text[max(line.start - 2, 0) : line.start].strip(" \t\xa0") == ""


def _letters(found: Mapping[int, Label]) -> frozenset[str]:
    """Return the single letters that stand for the two sides, none where they don't make a pair."""
    letters = {x.name.casefold() for x in found.values() if x.style is Style.LETTER}
    pairs = ({asks, answers} for asks, answering in ASKING_LETTERS.items() for answers in answering)
    return frozenset(letters) if letters == {"q"} or letters in pairs else frozenset()


def _of_a_kind(label: Label) -> bool:
    """Tell a label that names a function, as ``Operator``."""
    return bystander(label.name) or role_word(label.name) is not None


def _strong(style: Style) -> bool:
    return style not in (Style.OWN_LINE, Style.DASHED, Style.TITLED)


def _each_once(found: Mapping[int, Label], known: Register) -> Mapping[int, Label]:
    """Judge a short exchange, in which no label comes twice."""
    kept = {n: x for n, x in found.items() if _strong(x.style) and (x.style is Style.BOLD or _plausible(x, known))}
    return kept if 1 < len(kept) <= MAX_ONCE or _broadcast(kept) else {}


def _once(line: Line, label: Label, known: Register, by_one_word: bool, mentions: Mentions) -> bool:
    """Tell whether a label that comes only once is one: it is set like the others and opens a paragraph.

    ``by_one_word``: others go by one word too, so that ``Bob:`` is rather a speaker than ``Drums:`` in a list.
    """
    if label.style in (Style.BOLD, Style.CLOCKED) or label.marker or not label.name:
        return True
    if not _strong(label.style):
        return False
    if label.style is Style.UPPER and _of_a_kind(label):
        return True
    if by_one_word and line.alone and len(label.name.split()) == 1:
        return True
    return line.first and (_plausible(label, known) or mentions.again(label.name))


def _plausible(label: Label, known: Register) -> bool:
    name = label.name
    if role_word(name) or bystander(name) or known.wholes(name):
        return True
    return label.style in (Style.UPPER, Style.CLOCKED) or initials_like(name) or len(name.split()) > 1
