"""Understand a question: what it is about, who it is about, and what the questions before it lend it.

In: a question, the questions before it, the interviews they are put to. Out: ``Meant``, a question that
stands alone, spelt as the interviews spell it, and what kind of answer it wants. Rules, no model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.conversation.again import asks_further
from rag.conversation.followups import Answered, stand_alone
from rag.conversation.framing import question_in
from rag.conversation.grammar import ABOUT, AUXILIARY, TELLING
from rag.conversation.intents import Intent as Intent
from rag.conversation.intents import intent_of, told_of
from rag.conversation.lexicon import lexicon, people_in
from rag.conversation.only_guest import by_pronoun
from rag.conversation.people import full_name
from rag.conversation.phrases import Names
from rag.conversation.quoted import is_quotation
from rag.conversation.spelling import spell
from rag.conversation.tellers import asked_of, asking_of, short_names, subject, tellers
from rag.conversation.wordings import expand, swapped
from rag.datatypes import Interview, Quote, Role
from rag.patterns import lazy
from rag.words import content_words


@dataclass(frozen=True, slots=True)
class Meant:
    """A question that stands alone."""

    question: str
    """What to search with and to show; for a quotation, the text as pasted."""
    intent: Intent = Intent.ANSWER
    about: tuple[tuple[str, ...], ...] = ()
    """The words that carry it, without those that only frame it ("did he mention"); once more in other words, where
    there is an acronym in them or what one stands for."""
    speakers: tuple[str, ...] = ()
    """Whose words are wanted, where the question names somebody: "What did Adam and Bea say about ...?"."""
    subject: str | None = None
    """Which of several speakers it is about: "Where does Adam work?", "What was Adam asked?"."""
    wording: str = ""
    """How it is put to the reader, where that isn't as it was asked."""
    resolved: bool = False
    """Whether earlier questions were needed to understand it."""
    further: bool = False
    """Whether more is wanted than was shown: "What else did she say?"."""
    only: str | None = None
    """The only guest, where the question names that one: no word that has to be said."""

    @property
    def topic(self) -> tuple[tuple[str, ...], ...] | None:
        """The words of the topic, in each wording, where all that was said about it is wanted."""
        return self.about if self.intent in (Intent.TOPIC, Intent.MENTION) else None


_FRAME = lazy(
    rf"^(?:(?:what|how|when|where|why|who|which)\b\s*)?(?:{AUXILIARY}\s+)?[\w\s.'\u2019-]{{0,40}}?\b{TELLING}\s+"
    r"(?:anything\s+|something\s+|much\s+)?(?:about|on|of|regarding|concerning)?\s*",
    re.I,
)


def nothing(place: int) -> Sequence[Quote]:
    """Return no quotes, where the answers to the earlier questions aren't known."""
    return ()


def understand(
    question: str, history: Sequence[str], interviews: Sequence[Interview], answered: Answered = nothing
) -> Meant:
    """Return what ``question`` means after the earlier questions of ``history``, oldest first.

    ``answered`` gives the quotes that answered one of them, by its place in ``history``. It is called only where
    the questions alone don't tell whom or what "he", "it" or "the other one" means.
    """
    typed = " ".join(question.split())
    speakers = tuple(dict.fromkeys(name for i in interviews for name in i.speakers()))
    labelled = _full_names(interviews)
    if is_quotation(question, [labelled.get(s, s) for s in speakers]):
        return Meant(question.strip(), Intent.QUOTATION, (tuple(content_words(question)),))
    known = lexicon(interviews)
    said_before, asked = question_in(typed)
    before = [_as_labelled(spell(h, known), labelled) for h in (*(question_in(h)[1] for h in history), *said_before)]
    guests = tuple(
        dict.fromkeys(t.speaker for i in interviews for t in i.turns if t.speaker and t.role is not Role.INTERVIEWER)
    )
    interviewers = [name for i in interviews for name in i.interviewers]
    spelt = asking_of(_as_labelled(spell(asked, known), labelled), guests, interviewers)
    short = short_names(" ".join((*before, spelt)), known.names, speakers)
    panel = _with_short(guests, short) if len(guests) > 1 else ()
    hosts = _with_short(interviewers, short)
    names = Names(known.names, _with_short(speakers, short), people_in(interviews) if before else {}, panel, hosts)
    whole = stand_alone(spelt, before, names, lambda n: answered(n) if n < len(history) else ())
    meant = expand(whole, known)
    intent = intent_of(meant, [*interviewers, *(i.outlet for i in interviews if i.outlet)])
    wanted = tuple(interviewers) if intent is Intent.ASKED else speakers
    named = tellers(meant, wanted, [d for i in interviews for d in i.descriptions])
    about_whom = None
    in_full = _in_full(meant, short)
    if intent is Intent.ASKED:
        about_whom = asked_of(in_full, guests, interviewers)
    elif intent is Intent.ANSWER and not named:
        about_whom = subject(in_full, guests, interviewers)
    what = told_of(meant)
    own = by_pronoun(in_full, guests[0]) if len(guests) == 1 and intent is Intent.ANSWER else None
    wording = f"What did they say about {what}?" if what else own or ""
    forms = (whole, swapped(whole, known))
    about = tuple(dict.fromkeys(_about(told_of(form) or form, speakers) for form in forms))
    resolved = whole != spelt
    further = resolved and asks_further(spelt)
    return Meant(meant, intent, about, named, about_whom, wording, resolved, further, guests[0] if own else None)


def _full_names(interviews: Sequence[Interview]) -> dict[str, str]:
    """Return the names in full of the speakers labelled by surname, whose first name nobody else here has."""
    named = {speaker: i for i in interviews for speaker in i.speakers()}
    full = {speaker: name for speaker, i in named.items() if (name := full_name(i, speaker)) != speaker}
    parts = Counter(part.lower() for name in {*full.values(), *(named.keys() - full)} for part in name.split())
    return {speaker: name for speaker, name in full.items() if parts[name.split()[0].lower()] == 1}


def _as_labelled(question: str, full_names: Mapping[str, str]) -> str:
    """Return a question with such speakers named as they are labelled: "Samuel", "Samuel Okoye" as "Okoye"."""
    for name in full_names.values():
        first, last = name.split()
        other = r"(?!\s+(?-i:[A-Z]))"  # another's surname
        question = re.sub(rf"\b{first}(?:\s+{re.escape(last)}|{other})\b", last, question, flags=re.I)
    return question


def _with_short(names: Sequence[str], short: Mapping[str, str]) -> tuple[str, ...]:
    """Return names, each with the short forms that somebody is called by."""
    return tuple(" ".join([name, *(word for word, who in short.items() if who == name)]) for name in names)


def _in_full(question: str, short: Mapping[str, str]) -> str:
    """Return a question with names in full for short forms."""
    for word, name in short.items():
        question = re.sub(rf"\b{re.escape(word)}\b", name, question)
    return question


def _about(question: str, speakers: Sequence[str]) -> tuple[str, ...]:
    told = ABOUT.search(question)
    topic = told.group("topic") if told and _FRAME.match(question) else question
    own = {p.lower() for name in speakers for p in name.split()}
    kept = tuple(w for w in content_words(topic) if w.lower() not in own)
    return kept or tuple(content_words(topic))
