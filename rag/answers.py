"""Answer a question: from what was meant, by way of hits and scored sentences, to an ``Answer``.

In: a question as meant and a scope. Out: an ``Inquiry``: the answer and every step that led to it,
which ``onrecord ask --explain`` shows. An error anywhere is raised, never turned into "not found".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from rag import asked as asked_before
from rag import scoring, selection
from rag.around import NOTES
from rag.asked import ABOUT_ASKING, Raised
from rag.conversation import Intent, Meant
from rag.conversation.numbers import counted
from rag.conversation.steps import Way
from rag.datatypes import SURE_AT, Answer, Interview, Quote, Role, Scope, Status, Verdict
from rag.deciding import ANSWER_AT, ASKS, Case, asked_of
from rag.errors import LibraryError, UnknownInterview
from rag.reader import Reader
from rag.retriever import Hit, Retriever
from rag.scoring import Absence, Candidate, Weights, stem_set
from rag.selection import names_topic
from rag.store import Store
from rag.words import STOP_WORDS, content_words, is_name, stem, stems, words

READ_FIRST = 2
"""How many of the best passages the reader reads at first."""
READ_PASSAGES = 4
"""How many it reads in all where the first don't surely answer: on the development questions, five rank the right
sentence first hardly more often, and take a fifth more time where nothing answers."""
READ_NAMING = 3
"""How many more are read that name a topic in one sentence, where all that was said about it is wanted."""
HOPELESS_AT = 0.04
"""The confidence below which none are read either: on the development questions, what the others hold is then an answer
once in three hundred times."""
ATTEMPTS = 5
"""How often a question is answered anew before it is given up, where others change the interviews it is answered
from."""
_ANSWERING = (Role.INTERVIEWEE, Role.OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class Inquiry:
    """An answer and how it came about."""

    answer: Answer
    terms: tuple[str, ...]
    """The question's content words, as looked for."""
    rarity: Mapping[str, float]
    """How rare each is, by its stem."""
    absence: Absence
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    decided: str
    """Which step decided, in words."""


class Answerer:
    """Answers questions from a store."""

    def __init__(self, store: Store, retriever: Retriever, reader: Reader, weights: Weights) -> None:
        """Answer with the given models; ``store`` is the one that ``retriever`` ranks."""
        self._store = store
        self._retriever = retriever
        self._reader = reader
        self._weights = weights

    def answer(self, asked: str, meant: Meant, scope: Scope) -> Inquiry:
        """Answer ``asked``, taken as ``meant``, from what whoever it names says.

        It is worked out anew where an interview was changed or taken out meanwhile: offsets of before would cut other
        words out of it, and give them to whoever spoke there.

        Raises:
            LibraryError: the interviews are changed all the time.
        """
        for attempt in range(ATTEMPTS):
            try:
                inquiry = self._worked_out(asked, meant, scope)
            except (LookupError, UnknownInterview):
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                if self._hold(inquiry.hits):
                    return inquiry
        raise LibraryError("the interviews are being changed at the moment: ask again when that is done")

    def _hold(self, hits: Sequence[Hit]) -> bool:
        """Tell whether passages are still what was found: a changed one has another row, a corrected one a new role."""
        found = self._store.passages([hit.row for hit in hits])
        return [(each.row, each.role) for each in found] == [(hit.row, hit.role) for hit in hits]

    def _worked_out(self, asked: str, meant: Meant, scope: Scope) -> Inquiry:
        """Answer from the interviews as they are found."""
        question = meant.wording or meant.question
        terms = _terms(meant)
        own = replace(scope, speakers=meant.speakers) if meant.speakers and not scope.speakers else scope
        hits = self._retrieve(question, terms, own, meant.subject)
        rarity = self._rarity(terms)
        speech = [h for h in hits if h.role is not Role.INTERVIEWER]
        speech = scoring.reading_order(question, rarity, speech, self._store.interview, self._weights)
        if own is not scope and speech:  # what was asked of them is others' words
            scope = replace(scope, interviews=tuple(dict.fromkeys(h.passage.interview for h in speech)))
            others = self._retriever.retrieve(question, scope, terms)
            hits = [*speech, *(h for h in others if h.role is Role.INTERVIEWER)]
        found = self._read(question, rarity, reading := speech[:READ_FIRST])
        absence = self._absence(meant, terms, found, own, scope)
        if HOPELESS_AT <= self._confidence(found, absence) < SURE_AT:
            reading = speech[:READ_PASSAGES]
        if meant.topic:
            naming = (hit for hit in speech[len(reading) :] if self._names_topic(hit, meant.topic))
            reading = [*reading, *islice(naming, READ_NAMING)]
        if len(reading) > READ_FIRST:
            found = self._read(question, rarity, reading)
        raised = self._raised(meant, terms, rarity, hits)
        case = Case(asked, meant, terms, found, self._confidence(found, absence), absence, raised)
        answer, decided = case.decided()
        return Inquiry(answer, terms, rarity, absence, tuple(hits), tuple(found), decided)

    def _retrieve(self, question: str, terms: tuple[str, ...], scope: Scope, about: str | None) -> list[Hit]:
        """Return hits, best first; about one of several speakers, theirs and those that name them."""
        hits = self._retriever.retrieve(question, scope, terms)
        if about is None or scope.speakers:
            return hits
        own = self._retriever.retrieve(question, replace(scope, speakers=(about,)), terms)
        rows = {hit.row for hit in own}
        others = [h for h in hits if h.row not in rows and (h.role is Role.INTERVIEWER or self._names(h, about))]
        return sorted([*own, *others], key=lambda hit: -hit.score)

    def _names(self, hit: Hit, person: str) -> bool:
        """Tell whether a passage, or the question that it answers, names somebody."""
        window = scoring.window_of(hit, self._store.interview(hit.passage.interview))
        said = {word.lower() for text in (*window.sentences, window.asked) for word in words(text)}
        return bool(said & {word.lower() for word in words(person)})

    def _names_topic(self, hit: Hit, topic: selection.Wordings) -> bool:
        window = scoring.window_of(hit, self._store.interview(hit.passage.interview))
        return any(names_topic(sentence, topic) for sentence in window.sentences)

    def _raised(
        self, meant: Meant, terms: Sequence[str], rarity: Mapping[str, float], hits: Sequence[Hit]
    ) -> tuple[Raised, ...]:
        """Return what interviewers ask about it; all that they ask in the interviews found where no more is wanted."""
        if meant.intent is Intent.ASKED and hits and not terms:
            nearest = list(dict.fromkeys(hit.passage.interview for hit in hits))[: asked_before.LISTED]
            of_each = (self._store.interview(id) for id in nearest)
            put = partial(_is_between, meant=meant)
            listed = (q for each in of_each for q in asked_before.questions(each, meant.question, meant.speakers, put))
            found = tuple(Raised(quote, 1.0, 1.0) for quote in listed)
        else:
            found = asked_before.raised(rarity, hits, self._store.interview)
            if meant.intent is Intent.ASKED and ASKS.search(meant.question) and any(each.asks for each in found):
                found = tuple(each for each in found if each.asks)
            found = tuple(each for each in found if _is_between(each.quote, meant))
        return found if meant.intent is Intent.ASKED and not terms else found[: selection.MAX_QUOTES]

    def _read(self, question: str, rarity: Mapping[str, float], hits: Sequence[Hit]) -> list[Candidate]:
        return scoring.candidates(question, rarity, hits, self._store.interview, self._reader, self._weights)

    def _confidence(self, found: Sequence[Candidate], absence: Absence) -> float:
        return scoring.confidence(found[0], absence, self._weights) if found else 0.0

    def answer_further(self, asked: str, meant: Meant, scope: Scope, shown: Sequence[Quote]) -> Inquiry:
        """Answer with what isn't ``shown`` yet, the last of it first: what names the topic too, or what comes next."""
        inquiry = self.answer(asked, meant, scope)
        rest = [c for c in inquiry.candidates if not any(q.overlaps(c.interview.id, c.span) for q in shown)]
        named = [c for c in rest if meant.topic and names_topic(c.text, meant.topic)]
        if named:
            sure = max(ANSWER_AT, self._confidence(named, inquiry.absence))
            answer = Answer(asked, meant.question, Status.ANSWERED, sure, selection.quotes(named, meant.topic))
            return replace(inquiry, answer=answer, decided="more was found than was shown")
        following = _following(shown[0])
        if following:
            answer = Answer(asked, meant.question, Status.ANSWERED, 1.0, (following[0],), note=following[1])
            return replace(inquiry, answer=answer, decided="nothing else was found; this follows what was shown")
        near = selection.closest(rest)
        answer = Answer(asked, meant.question, Status.NOT_FOUND, 0.0, (), near, note="Nothing else was found.")
        return replace(inquiry, answer=answer, decided="nothing else was found")

    def answer_quotation(self, asked: str, meant: Meant, verdict: Verdict, scope: Scope) -> Inquiry:
        """Answer a pasted quotation with what was said; where nobody says it, with what comes closest."""
        quote = verdict.quote
        if quote is None:
            inquiry = self.answer(asked, meant, scope)
            near = inquiry.answer.closest or inquiry.answer.quotes
            answer = Answer(asked, meant.question, Status.NOT_FOUND, 0.0, (), near, verdict)
            return replace(inquiry, answer=answer, decided="nobody says the quotation")
        status = Status.ONLY_ASKED if quote.role is Role.INTERVIEWER else Status.ANSWERED
        answer = Answer(asked, meant.question, status, 1.0, (quote,), verdict=verdict)
        return _unsearched(answer, "it is a quotation, and was checked as one")

    def step(self, asked: str, to: Quote | None, note: str) -> Inquiry:
        """Answer with what stands ``to`` one side of what was shown; with the note alone where nothing does."""
        decided = "it asks for what stands around what was shown"
        if to is None:
            return _unsearched(Answer(asked, asked, Status.NOT_FOUND, 0.0, (), note=note), decided)
        status = Status.ONLY_ASKED if to.role is Role.INTERVIEWER else Status.ANSWERED
        return _unsearched(Answer(asked, asked, status, 1.0, (to,), note=note), decided)

    def tell(self, asked: str, note: str) -> Inquiry:
        """Answer what asks nothing that somebody could have said."""
        answer = Answer(asked, asked, Status.NOT_FOUND, 0.0, (), note=note)
        return _unsearched(answer, "it asks nothing that somebody could have said")

    def _rarity(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return each term's inverse document frequency, as BM25 has it, by the term's stem."""
        size = self._store.size
        return {
            stem(term): math.log(1 + (size - n + 0.5) / (n + 0.5))
            for term, n in self._store.document_frequency(terms).items()
        }

    def _absence(
        self, meant: Meant, terms: Sequence[str], found: Sequence[Candidate], scope: Scope, around: Scope
    ) -> Absence:
        """Find which terms no one says in the scope; what is known of the interview itself counts as said.

        Only asked is what nobody else says in the scope ``around`` it either, in which no speaker is named.

        The words of the question that the best candidate replies to are not missed, unless they are to be said; nor is
        a first name of whom only the surname is said, or the other way round.
        """
        interviews = list({c.interview.id: c.interview for c in found}.values())
        said = {s for c in found for s in stem_set(c.text)}
        said |= {s for interview in interviews for s in _about(interview)}
        answered = meant.intent is Intent.ANSWER and found
        replied_to = stem_set(found[0].interview.asked(found[0].hit.passage.turn) or "") if answered else frozenset()
        absent = []
        only_asked = []
        says = self._store.says
        texts = [interview.text for interview in interviews]
        for term in terms:
            if stem(term) in said or any(says(term, scope, role) for role in _ANSWERING):
                continue
            whole = _names_with(term, meant.question)
            if any(name in text and says(other, scope, Role.INTERVIEWEE) for name, other in whole for text in texts):
                continue
            others_say = around != scope and any(says(term, around, role) for role in _ANSWERING)
            if not others_say and says(term, around, Role.INTERVIEWER):
                only_asked.append(term)
            if stem(term) not in replied_to:
                absent.append(term)
        written = " ".join([meant.question, *texts]) if absent else ""
        names = tuple(t for t in absent if is_name(t, written))
        return Absence(tuple(absent), names, tuple(only_asked), len(absent) / len(terms) if terms else 1.0)


def _following(shown: Quote) -> tuple[Quote, str] | None:
    """Return what somebody who isn't an interviewer says right after a quote, and a note on it; None for nothing."""
    if shown.role is Role.INTERVIEWER:
        reply = asked_before.reply(shown)
        return (reply, NOTES[Way.REPLY]) if reply else None
    more = selection.what_follows(shown)
    return (more, NOTES[Way.AFTER]) if more else None


def _is_between(question: Quote, meant: Meant) -> bool:
    """Tell whether a question was put to one of those who matter, or by the one of them who is an interviewer."""
    whom = asked_of(meant)
    if not whom:
        return True
    hosts = set(whom).intersection(question.interview.interviewers)
    if hosts and meant.intent is not Intent.ASKED:
        return question.speaker in hosts
    return any(asked_before.is_put_to(question, one) for one in whom)


def _unsearched(answer: Answer, decided: str) -> Inquiry:
    """Return an answer for which no passage was looked for."""
    return Inquiry(answer, (), {}, Absence((), (), (), 0.0), (), (), decided)


def _terms(meant: Meant) -> tuple[str, ...]:
    """Return a question's content words; the name of whoever is to speak is none where there are others.

    None are left of a question for all that was asked.
    """
    terms = tuple(content_words(meant.question))
    own = {word.lower() for name in (*meant.speakers, meant.subject or "", meant.only or "") for word in words(name)}
    kept = tuple(t for t in terms if t.lower() not in own)
    if meant.intent is Intent.ASKED:
        many = {(end["many"] or "").lower() for end in asked_before.END.finditer(meant.question)}
        kept = tuple(t for t in kept if not (t.lower() in many and counted(t)))
        return tuple(t for t in kept if t.lower() not in STOP_WORDS and stem(t) not in ABOUT_ASKING)
    about = tuple(t for t in meant.about[0] if t.lower() not in own) if meant.about else ()
    return kept or about or terms


def _names_with(part: str, question: str) -> list[tuple[str, str]]:
    """Return the names of two words that a capitalised one is a part of, each with its other part.

    "Viktor Dahl" and "Dahl" for "Viktor" in "Who is Viktor Dahl?", "Rachel White" and "Rachel" for "White".
    """
    if not part[:1].isupper():
        return []
    one, other = re.escape(part), r"[^\W\d_a-z][\w’'-]+"
    after = re.findall(rf"(?<!\w)({one} ({other}))", question)
    return [*after, *re.findall(rf"(?<!\w)(({other}) {one})(?!\w)", question)]


def _about(interview: Interview) -> set[str]:
    """Return the stems of what is known of an interview beside its words: names, titles, outlet."""
    names = [t.speaker or "" for t in interview.turns]
    known = [interview.title, interview.outlet or "", *dict.fromkeys(names), *(d for _, d in interview.descriptions)]
    return {s for text in known for s in stems(text)}
