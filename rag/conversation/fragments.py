"""What a short question leaves to the last one: "does Norway?", "who else?", "when did he do that?".

In: the short question, the last one, standing alone, and the names that the interviews use. Out: the question with
what the last one lends it; nothing where it isn't of that form.
"""

from __future__ import annotations

import re

from rag.conversation.clauses import clause
from rag.conversation.grammar import AUXILIARY, PREPOSITION, TELLING, WH
from rag.conversation.narrowing import with_question_word
from rag.conversation.phrases import Names, phrases
from rag.conversation.verbs import is_verb
from rag.patterns import lazy

_HELPED = lazy(rf"(?:(?:{PREPOSITION}\s+)?{WH}\s+(?:(?!{AUXILIARY}\b)[\w'-]+\s+){{0,3}}?)?{AUXILIARY}\s+", re.I)
_ELLIPTIC = lazy(rf"(?P<wh>{WH}\s+)?{AUXILIARY}(?:\s+(?P<who>[\w'-]+(?:\s+[\w'-]+){{0,2}}))?$", re.I)
_DO_THAT = lazy(rf"\b{AUXILIARY}\s+(?:he|she|they|it|we|you|[A-Z]\w+)\s+(?P<do>do)\s+(?:that|this|it|so)\b", re.I)


def with_else(wh: str, last: str, names: Names) -> str:
    """Return the last question asked once more: "Who else did she meet?", "Who else will join NATO?"."""
    same = re.match(rf"{wh}\b", last, re.I)
    if same:
        return f"{same.group()} else{last[same.end() :]}"
    subject = next(iter(phrases(last, names)), None)
    helped = re.match(rf"{AUXILIARY}\s+", last, re.I)
    if helped and subject and subject.start == helped.end() and wh.lower() == "who":
        return f"Who else {helped.group().strip().lower()}{last[subject.end :]}"
    return with_question_word(f"{wh} else", last, names)


def elliptic(asked: str, last: str, names: Names) -> str:
    """Return "does Ann?" and "who did?" with what the last question asks of somebody else; nothing for others."""
    short = _ELLIPTIC.match(asked)
    helped = _HELPED.match(last)
    rest = next((last[p.end :] for p in phrases(last, names) if helped and p.start == helped.end()), "")
    if not (short and helped and rest) or re.match(rf"{WH}\s+(?:is|are|was|were)\s+\w", asked, re.I):
        return ""
    wh, who = short.group("wh") or "", short.group("who") or ""
    if not (all(map(names.has, who.split())) if who else wh.lower() == "who "):
        return ""
    asks = "" if wh else re.sub(rf"{AUXILIARY}\s+$", "", helped.group(), flags=re.I)
    return f"{asks}{asked[:1].lower()}{asked[1:]}{rest}"


def doing(asked: str, last: str, names: Names) -> str:
    """Return "when did he do that?" with what the last question says he did; nothing where it tells of no deed."""
    that = _DO_THAT.search(asked)
    said = clause(last, names) or last
    helped = _HELPED.match(said)
    if not that or not helped:
        return ""
    subject = re.match(r"(?:he|she|they|it|we|you)\b", said[helped.end() :], re.I)
    found = [p.end for p in phrases(said, names) if p.start == helped.end()]
    end = helped.end() + subject.end() if subject else found[0] if found else 0
    deed = said[end:].strip()
    verb = is_verb(deed.partition(" ")[0]) or re.match(r"(?:do|does|did)\b", helped.group().split()[-1], re.I)
    tells = verb and not re.match(rf"(?:{TELLING}|do)\b", deed, re.I)
    return asked[: that.start("do")] + deed + asked[that.end() :] if end and tells else ""
