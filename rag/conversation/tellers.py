"""Whose words a question asks for: "What did Adam say about ...?", and whom it is about: "Where does Adam work?".

In: a question, the names of those who may be meant, and what they are described as. Out: the speakers whose words are
wanted, the one that it is about, or the one who was asked; nobody where a name could mean two.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from rag.conversation.grammar import ADVERB, AUXILIARY, PREPOSITION, TELLING, WH
from rag.patterns import lazy
from rag.quotation import people_named, same_person
from rag.words import STOP_WORDS

_SPEECH = (
    rf"(?:{TELLING}|believes?|recommends?|suggests?|describes?|explains?|claims?|respond|answer|consider|prefer|want|hope|"
    r"argue|see|regard|view|expect|agree|disagree|like|enjoy|mean|remember|regret|make\s+of|call|compare|put\s+it)"
)
_ONE = r"(?:[Mm][rs]{1,2}\.?\s+|[Dd]r\.?\s+)?[^\W\d_][\w'\u2019.-]*(?:\s+[^\W_][\w'\u2019.-]*){0,2}?"
_NAME = rf"(?P<name>{_ONE}(?:\s*(?:,|\band\b|\bor\b|&)\s*{_ONE}){{0,2}}?)"
_HOW = rf"(?:{ADVERB}|(?:clear|direct|explicit|final|honest|open|personal|private|public|repeated|specific)ly)"
_ASKED_OF = tuple(
    lazy(pattern, re.I)
    for pattern in (
        rf"\b(?:did|does|do|has|had|would)\s+{_NAME}\s+(?:{_HOW}\s+)?{_SPEECH}\b",
        rf"\b(?:is|are|was|were)\s+{_NAME}\s+(?:{_HOW}\s+)?(?:saying|talking|speaking|asking)\b",
        rf"\baccording\s+to\s+{_NAME}(?=[\s,?.]|$)(?:\s*[,?.]|\s+(?:{WH}|{AUXILIARY})\b|$)",
        rf"\b{_NAME}['\u2019]s?\s+(?:\w+\s+)?(?:opinions?|views?|thoughts?|take|stance|position|answers?|remarks?|comments?|words?|questions?)\b",
        rf"^(?:what|how|why|when|where)\s+(?!(?:is|are|was|were)\b){_NAME}\s+{_SPEECH}\b",
        rf"^(?!(?:{WH}|{AUXILIARY})\b)(?:only\s+)?{_NAME}(?:\s+only)?\s*(?::\s|\s(?:on|about|re|regarding)\s)",
        rf"\b(?:(?:any|every|some)thing|more|quotes?|statements?|remarks?|words?|answers?)\s+(?:from|by|of)\s+{_NAME}(?=\s+(?:about|on|regarding)\b|[?.!]|$)",
        rf"^for\s+{_NAME},",
    )
)

_BEFORE_NAME = lazy(rf"^(?:(?:{PREPOSITION}|{WH}|{AUXILIARY})\s+)+", re.I)
_BETWEEN_NAMES = lazy(r"\s*(?:,|\band\b|\bor\b|&)\s*", re.I)
_ASKED_ABOUT = lazy(
    rf"^(?P<who>(?!(?:{WH}|{AUXILIARY}|{PREPOSITION})\b)[\w.'\u2019-]+(?:\s+[\w.'\u2019-]+){{0,2}}?)(?P<was>\s+(?:is|was|gets?|got))?"
    r"\s+asked(?:\s+(?P<whom>(?!about\b|on\b)\w+))?\s+(?P<about>(?:about|on)\s+\S.*?)[?!.\s]*$",
    re.I,
)
"""What somebody was asked, without a verb: "Adam asked about the budget?"."""
_CONTRACTED = lazy(r"\b(what|who|where|when|how|why)['\u2019]s\b", re.I)


def tellers(question: str, speakers: Sequence[str], descriptions: Sequence[tuple[str, str]] = ()) -> tuple[str, ...]:
    """Return the speakers whose words a question asks for, not those it merely speaks of; none where one isn't sure.

    ``descriptions`` are pairs of a speaker and what they are: "according to the deputy secretary general".
    """
    question = _CONTRACTED.sub(r"\1 is", question)
    named = _with_names(question, [(name, what) for name, what in descriptions if name in speakers])
    for pattern in _ASKED_OF:
        for match in pattern.finditer(named):
            called = filter(None, _BETWEEN_NAMES.split(_BEFORE_NAME.sub("", match.group("name"))))
            meant = [people_named(name, speakers) for name in called]
            if meant and all(len(each) == 1 for each in meant):
                return tuple(dict.fromkeys(each[0] for each in meant))
    return ()


def short_names(question: str, names: Container[str], speakers: Sequence[str]) -> dict[str, str]:
    """Return the short forms by which a question calls speakers: "Raj" for Rajiv Shah; only what ``names`` hold."""
    known = {part for name in speakers for part in _parts(name)}
    words = dict.fromkeys(re.findall(r"[^\W\d_][\w-]+", question))
    called = (w for w in words if w.lower() not in known and w.lower() not in STOP_WORDS and w.lower() in names)
    found = ((word, people_named(word, speakers)) for word in called)
    return {word: who[0] for word, who in found if len(who) == 1 and not same_person(word, who[0])}


def asking_of(question: str, guests: Sequence[str], hosts: Sequence[str]) -> str:
    """Return "What was Adam asked about X?" for "Adam asked about X?", of a host what that one asked."""
    match = _ASKED_ABOUT.match(question)
    who = people_named(match.group("who"), [*guests, *hosts]) if match else []
    if match is None or len(who) != 1:
        return question
    is_asked = who[0] in guests or bool(match.group("was"))
    if is_asked and match.group("whom"):
        return question
    asked = f"was {match.group('who')} asked" if is_asked else f"did {match.group('who')} ask"
    about = "" if re.fullmatch(r"\w+\s+what", match.group("about"), re.I) else match.group("about")
    return " ".join(filter(None, ("What", asked, match.group("whom"), about))) + "?"


def asked_of(question: str, guests: Sequence[str], hosts: Sequence[str]) -> str | None:
    """Return the one speaker to whom the questions were put that somebody asks for: "What was Adam asked?"."""
    everybody = [*guests, *hosts]
    named = [name for name in guests if _named(question, name, everybody)]
    if not named:
        named = [h for h in hosts if _named(question, h, everybody) and _is_asked(question, h)]
    return named[0] if len(named) == 1 else None


def subject(question: str, guests: Sequence[str], hosts: Sequence[str]) -> str | None:
    """Return the one speaker that a question is about, where several answer.

    What another guest says of themselves would be no answer to it. A guest may be named anywhere; a host only where the
    question states something of them, since "What did she tell Mara?" is about the guest.
    """
    everybody = [*guests, *hosts]
    named = [name for name in guests if len(guests) > 1 and _named(question, name, everybody)]
    if not named and not any(_named(question, name, everybody) for name in guests):
        named = [h for h in hosts if _named(question, h, everybody) and _is_told_of(question, h)]
    return named[0] if len(named) == 1 else None


def _own_words(name: str, everybody: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a name, in small letters, that no other speaker has and that are no words of grammar."""
    others = {part for other in everybody if other != name for part in _parts(other)}
    return tuple(part for part in _parts(name) if part not in others and not re.fullmatch(f"{AUXILIARY}|{WH}", part))


def _parts(name: str) -> list[str]:
    return [part.lower() for part in re.findall(r"[^\W\d_][\w-]+", name)]


def _named(question: str, name: str, everybody: Sequence[str]) -> bool:
    """Tell whether a question names somebody; a part that may be another word counts with a capital letter only."""
    typed = [w for w in re.findall(r"[^\W\d_][\w-]*", question) if w[0].isupper() or not re.search(r"[A-Z]", question)]
    return bool(set(_own_words(name, everybody)) & {w.lower() for w in typed})


def _is_told_of(question: str, name: str) -> bool:
    parts = "|".join(map(re.escape, _parts(name)))
    return bool(re.search(rf"\b{AUXILIARY}\s+(?:{parts})\b|\b(?:{parts})['\u2019]s?\b", question, re.I))


def _is_asked(question: str, name: str) -> bool:
    parts = "|".join(map(re.escape, _parts(name)))
    return bool(
        re.search(
            rf"\b(?:is|was|were|been|got)\s+(?:(?:{parts})\s+)+(?:ever\s+)?(?:asked|questioned)\b", question, re.I
        )
    )


def _with_names(question: str, descriptions: Sequence[tuple[str, str]]) -> str:
    """Put a speaker's name for what they are: the whole of it, or all but its first word."""
    for name, what in descriptions:
        words = what.split()
        for form in (words, words[1:]):
            if len(form) > 1:
                question = re.sub(rf"\b(?:the\s+)?{re.escape(' '.join(form))}\b", name, question, flags=re.I)
    return question
