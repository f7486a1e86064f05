"""Answer a question: from what was meant, by way of hits and scored sentences, to an ``Answer``.

In: a question as meant and a scope. Out: an ``Inquiry``: the answer and every step that led to it,
which ``onrecord ask --explain`` shows. An error anywhere is raised, never turned into "not found".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag import scoring, selection
from rag.conversation import Intent, Meant
from rag.datatypes import Answer, Interview, Quote, Role, Scope, Status, Verdict
from rag.reader import Reader
from rag.retriever import Hit, Retriever
from rag.scoring import Absence, Candidate, Weights, stem_set
from rag.store import Store
from rag.words import content_words, is_name, stem, stems

READ_FIRST = 2
"""How many of the best passages the reader reads at first."""
READ_PASSAGES = 4
"""How many it reads in all where the first don't surely answer: on the development questions, five rank the right
sentence first hardly more often, and take a fifth more time where nothing answers."""
SURE_AT = 0.5
"""The confidence from which no further passages are read."""
HOPELESS_AT = 0.04
"""The confidence below which none are read either: on the development questions, what the others hold is then an answer
once in three hundred times."""
ANSWER_AT = 0.35
"""The confidence from which a question counts as answered: on the development questions, lower answers too much that
is not said, higher refuses too much that is."""
ASKED_OVERLAP = 0.6
"""The share of a question's content words that an interviewer's sentence needs to have raised it."""


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
        """Answer ``asked``, taken as ``meant``."""
        terms = tuple(content_words(meant.question))
        hits = self._retriever.retrieve(meant.question, scope, terms)
        rarity = self._rarity(terms)
        speech = [h for h in hits if h.role is not Role.INTERVIEWER]
        speech = scoring.reading_order(speech, rarity, self._store.interview, self._weights)
        found = self._read(meant.question, rarity, speech[:READ_FIRST])
        absence = self._absence(meant.question, terms, found, scope)
        if HOPELESS_AT <= self._confidence(found, absence) < SURE_AT and len(speech) > READ_FIRST:
            found = self._read(meant.question, rarity, speech[:READ_PASSAGES])
        answer, decided = self._decide(asked, meant, found, absence, self._asked_about(rarity, hits))
        return Inquiry(answer, terms, rarity, absence, tuple(hits), tuple(found), decided)

    def _read(self, question: str, rarity: Mapping[str, float], hits: Sequence[Hit]) -> list[Candidate]:
        return scoring.candidates(question, rarity, hits, self._store.interview, self._reader, self._weights)

    def _confidence(self, found: Sequence[Candidate], absence: Absence) -> float:
        return scoring.confidence(found[0], absence, self._weights) if found else 0.0

    def _decide(
        self, asked: str, meant: Meant, found: Sequence[Candidate], absence: Absence, questions: tuple[Quote, ...]
    ) -> tuple[Answer, str]:
        """Return the answer, and in words which step decided; ``questions`` are the interviewer's that raise it."""
        confidence = self._confidence(found, absence)
        unsure = min(confidence, ANSWER_AT / 2)  # that it is answered, where a question is what was found
        near = selection.closest(found)
        if meant.intent is Intent.ASKED:
            if questions:
                return Answer(asked, meant.question, Status.ONLY_ASKED, unsure, questions), "it asks what was asked"
            return Answer(asked, meant.question, Status.NOT_FOUND, unsure, (), near), "no question raises it"
        named = set(absence.names) & set(absence.only_asked)
        if questions and absence.only_asked and (named or confidence < ANSWER_AT):
            why = f"only the interviewer says {', '.join(absence.only_asked)}"
            return Answer(asked, meant.question, Status.ONLY_ASKED, unsure, questions, near), why
        if confidence < ANSWER_AT:
            why = "nothing found is likely enough to answer"
            return Answer(asked, meant.question, Status.NOT_FOUND, confidence, (), near), why
        topic = meant.about if meant.intent in (Intent.TOPIC, Intent.MENTION) else None
        quotes = selection.quotes(found, topic)
        return Answer(asked, meant.question, Status.ANSWERED, confidence, quotes), "the reader found it"

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
        return Inquiry(answer, (), {}, Absence((), (), (), 0.0), (), (), "it is a quotation, and was checked as one")

    def _rarity(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return each term's inverse document frequency, as BM25 has it, by the term's stem."""
        size = self._store.size
        return {
            stem(term): math.log(1 + (size - n + 0.5) / (n + 0.5))
            for term, n in self._store.document_frequency(terms).items()
        }

    def _absence(self, question: str, terms: Sequence[str], found: Sequence[Candidate], scope: Scope) -> Absence:
        """Find which terms no one says in the scope; what is known of the interview itself counts as said."""
        interviews = list({c.interview.id: c.interview for c in found}.values())
        said = {s for c in found for s in stem_set(c.interview.text[c.span[0] : c.span[1]])}
        said |= {s for interview in interviews for s in _about(interview)}
        absent = []
        only_asked = []
        says = self._store.says
        for term in terms:
            if stem(term) in said or says(term, scope, Role.INTERVIEWEE) or says(term, scope, Role.OTHER):
                continue
            absent.append(term)
            if says(term, scope, Role.INTERVIEWER):
                only_asked.append(term)
        written = " ".join([question, *(interview.text for interview in interviews)]) if absent else ""
        names = tuple(t for t in absent if is_name(t, written))
        return Absence(tuple(absent), names, tuple(only_asked), len(absent) / len(terms) if terms else 1.0)

    def _asked_about(self, rarity: Mapping[str, float], hits: Sequence[Hit]) -> tuple[Quote, ...]:
        """Return the interviewers' sentences that raise what the question is about, best first."""
        raised: list[tuple[float, Quote]] = []
        for hit in hits:
            if hit.role is not Role.INTERVIEWER:
                continue
            interview = self._store.interview(hit.passage.interview)
            for cosine, (start, end) in zip(hit.sentence_cosines, hit.passage.sentences, strict=True):
                overlap = scoring.overlap(rarity, stem_set(interview.text[start:end]))
                if overlap >= ASKED_OVERLAP:
                    raised.append((overlap + float(cosine), Quote(interview, hit.passage.turn, start, end)))
        raised.sort(key=lambda pair: -pair[0])
        return tuple(quote for _, quote in raised[: selection.MAX_QUOTES])


def _about(interview: Interview) -> set[str]:
    """Return the stems of what is known of an interview beside its words: names, titles, outlet."""
    names = [t.speaker or "" for t in interview.turns]
    known = [interview.title, interview.outlet or "", *dict.fromkeys(names), *(d for _, d in interview.descriptions)]
    return {s for text in known for s in stems(text)}
