"""The facade: interviews in, answers out.

In: interviews, questions. Out: ``Answer``, ``Verdict``, ``Summary``. Models are loaded when they are first
needed, so that listing and showing stay instant.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from rag.answers import Answerer, Inquiry
from rag.conversation import Intent, Meant, understand
from rag.conversation.parts import parts
from rag.conversation.requests import reply_to
from rag.datatypes import Answer, Interview, Passage, Quote, Role, Scope, Span, Verdict
from rag.embedding import embed, windows
from rag.encoder import DEFAULT_MODEL, Encoder
from rag.errors import QuestionError
from rag.local.store import LocalStore
from rag.minilm import load_encoder
from rag.passages import cut
from rag.reader import OnnxReader, Reader
from rag.retriever import PROPOSED, Retriever
from rag.scoring import shipped_weights
from rag.seeds import seed_interviews
from rag.store import EVERYTHING, Added, Embedded, Outcome, Store, Summary
from rag.stores import open_store
from rag.suggestions import suggest
from rag.together import together
from rag.verification import verify
from rag.words import content_words

UNDERSTOOD_BY = 4
"""How many interviews' words and names a question is understood by."""
TOLD_BY = PROPOSED // UNDERSTOOD_BY
"""By how many passages each an interview is told to be likely; so many that retrieval asks for the same ones."""
CHECKED_IN = 40
"""How many interviews a quotation is looked for in, those that share most words with it."""
FOLLOWED_BACK = 3
"""How many questions before an earlier one its answer is worked out from, where a follow-up needs that answer."""
MAX_QUESTION = 2_000
"""Characters; a longer text is no question."""


class Library:
    """Interviews that can be asked."""

    def __init__(
        self, store: Store, model: str | None = None, *, encoder: Encoder | None = None, reader: Reader | None = None
    ) -> None:
        """Ask what ``store`` holds; ``encoder`` and ``reader`` replace the shipped models, as tests do."""
        self._kept = store
        self._shipped: tuple[Interview, ...] = ()
        self._model = model or store.model or DEFAULT_MODEL
        self._given_encoder = encoder
        self._given_reader = reader
        self._loading = threading.RLock()
        self._loaded_encoder: Encoder | None = None
        self._loaded_answerer: Answerer | None = None

    @classmethod
    def open(
        cls,
        folder: Path | None = None,
        archive: str | None = None,
        *,
        model: str | None = None,
        read_only: bool = False,
    ) -> Self:
        """Open an archive in Milvus, or the library in ``folder``, by default the user's.

        A new one holds the shipped interviews.

        Raises:
            LibraryError: it can't be used as it is.
        """
        store = open_store(folder, archive, read_only=read_only)
        library = cls(store, model)
        if store.untouched and not read_only:
            library._shipped = seed_interviews()
        return library

    @classmethod
    def of(
        cls,
        interviews: Iterable[Interview],
        *,
        model: str | None = None,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """Hold ``interviews`` in memory only."""
        library = cls(LocalStore(None), model, encoder=encoder, reader=reader)
        deque(library.add_all(interviews), maxlen=0)
        return library

    def __enter__(self) -> Self:
        """Return the library itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of files; closing twice does no harm."""
        self._kept.close()

    def plan(self, interview: Interview) -> Added:
        """Say what ``add`` would do.

        Raises:
            ParseError: there are characters in it that no library can hold.
        """
        return self._store.plan(interview)

    def add(self, interview: Interview) -> Added:
        """Add an interview whole or not at all; the same content twice changes nothing.

        Raises:
            LibraryError: it can't be written.
        """
        (added,) = self.add_all([interview])
        return added

    def add_all(self, interviews: Iterable[Interview]) -> Iterator[Added]:
        """Add many interviews, each whole or not at all, and yield what was done as each is in.

        They are read as they are needed, some ahead of what was yielded last, and embedded together.

        Raises:
            LibraryError: it can't be written.
        """
        return self._take_in(self._store, interviews)

    def remove(self, id: str) -> None:
        """Take an interview out.

        Raises:
            UnknownInterview: there is none with that id.
        """
        self._store.remove(id)

    def list(self) -> tuple[Summary, ...]:
        """Return a line for each interview."""
        return tuple(map(Summary.of, self._shipped)) or self._kept.summaries()

    def interview(self, id: str) -> Interview:
        """Return an interview.

        Raises:
            UnknownInterview: there is none with that id.
        """
        return next((one for one in self._shipped if one.id == id), None) or self._kept.interview(id)

    def correct(self, id: str, interviewers: Sequence[str] = (), interviewees: Sequence[str] = ()) -> None:
        """Say who asks and who answers; remembered, also when the interview is updated.

        Raises:
            UnknownInterview: there is none with that id.
        """
        roles = dict.fromkeys(interviewers, Role.INTERVIEWER) | dict.fromkeys(interviewees, Role.INTERVIEWEE)
        turns = self.interview(id).turns
        self._store.correct(id, [replace(t, role=roles.get(t.speaker or "", t.role)) for t in turns])

    def reembed(self, model: str, done: Callable[[], object] = lambda: None) -> None:
        """Replace all vectors by those of another embedding model, all or none; ``done`` follows each interview.

        Raises:
            ModelError: the model can't be loaded; nothing has changed.
            LibraryError: the library can't be written; nothing has changed.
        """
        encoder = self._given_encoder or load_encoder(model)

        def anew(interview: Interview, passages: tuple[Passage, ...]) -> Embedded:
            (embedded,) = embed(encoder, [(interview, passages)])
            done()
            return embedded

        with self._loading:
            self._store.reembed(encoder.name, encoder.dimension, anew)
            self._model, self._loaded_encoder, self._loaded_answerer = encoder.name, encoder, None

    def suggestions(self, id: str) -> tuple[str, ...]:
        """Return questions to start with, drawn from the interview."""
        return suggest(self.interview(id))

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope = EVERYTHING) -> Answer:
        """Answer ``question`` in the speakers' own words; ``history`` are the questions before it.

        Raises:
            QuestionError: it is empty or far too long, or nobody speaks in the scope.
            UnknownInterview: the scope names an interview that isn't there.
        """
        return self.inquire(question, history, scope).answer

    def inquire(self, question: str, history: Sequence[str] = (), scope: Scope = EVERYTHING) -> Inquiry:
        """Answer like ``ask``, and show every step that led to the answer."""
        question = _checked(question)
        self._require_somebody(scope)
        note = reply_to(question, lambda: self._ids(scope), self._store.interview)
        if note:
            return self._answerer.tell(question, note)
        asked = parts(question, lambda: (self._store.interview(id).text for id in self._understood_by(question, scope)))
        told = [self._inquire(part, [*history, *asked[:n]], scope) for n, part in enumerate(asked)]
        return told[0] if len(told) == 1 else together(question, told)

    def _inquire(self, question: str, history: Sequence[str], scope: Scope) -> Inquiry:
        """Answer one question."""
        meant = self._understand(question, history, scope)
        if meant.intent is Intent.QUOTATION:
            return self._checked_quotation(question, meant, scope)
        if meant.speaker and not scope.speakers:
            scope = replace(scope, speakers=(meant.speaker,))
        return self._answerer.answer(question, meant, scope)

    def _checked_quotation(self, question: str, meant: Meant, scope: Scope) -> Inquiry:
        """Answer a pasted quotation by checking it; where nobody says it, by what comes closest."""
        verdict = self.verify(meant.question, scope)
        return self._answerer.answer_quotation(question, meant, verdict, scope)

    def rank(self, question: str, scope: Scope = EVERYTHING) -> tuple[tuple[str, Span, float], ...]:
        """Return (interview id, sentence, score) for every sentence that was read for a question, best first."""
        found = self.inquire(question, (), scope).candidates
        return tuple((c.interview.id, c.span, c.score) for c in found)

    def verify(self, quotation: str, scope: Scope = EVERYTHING) -> Verdict:
        """Check a quotation against what was said.

        Raises:
            QuestionError: it is empty or far too long, or nobody speaks in the scope.
            UnknownInterview: the scope names an interview that isn't there.
        """
        self._require_somebody(scope)
        likely = [self._store.interview(id) for id in self._likely(quotation, scope, CHECKED_IN)]
        return verify(quotation, likely, scope.speakers[0] if scope.speakers else None)

    def load(self) -> None:
        """Load the models now rather than at the first question."""
        assert self._answerer
        self._encoder.encode_query("")  # what only questions need is loaded with the first

    def check(self) -> tuple[str, ...]:
        """Verify everything stored, and return a line for each thing that is wrong."""
        return self._store.check()

    def _require_somebody(self, scope: Scope) -> None:
        """Tell a scope with nobody in it from one in which nobody says something."""
        if not (scope.speakers or scope.since or scope.until) or not self._store.size:
            return
        if self._reaches(scope):
            return
        if scope.speakers and self._reaches(replace(scope, speakers=())):
            names = " or ".join(map(repr, scope.speakers))
            raise QuestionError(f"nobody called {names} speaks in what is asked: `onrecord show ID` tells who does")
        raise QuestionError("no interview that is asked has a date in that time: `onrecord list` shows the dates")

    def _reaches(self, scope: Scope) -> bool:
        return bool(self._store.nearest(np.eye(1, self._store.dimension, dtype=np.float32)[0], 1, scope))

    def _likely(self, text: str, scope: Scope, limit: int) -> Sequence[str]:
        """Return the interviews in scope: where they are many, the ``limit`` that share most words with ``text``."""
        ids = self._ids(scope)
        if len(ids) <= limit:
            return ids
        rows = [row for row, _ in self._store.matching(content_words(text), TOLD_BY * limit, scope)]
        found = dict.fromkeys(p.passage.interview for p in self._store.passages(rows))
        return list(found)[:limit] or ids[:limit]

    def _ids(self, scope: Scope) -> Sequence[str]:
        return list(scope.interviews) or [s.id for s in self._store.summaries()]

    def _understand(self, question: str, history: Sequence[str], scope: Scope) -> Meant:
        """Understand a question by the interviews it is put to: where they are many, by those it seems to be about."""
        ids = self._understood_by(" ".join([*history[-1:], question]), scope)

        def answered(place: int) -> Sequence[Quote]:
            try:
                return self.ask(history[place], history[max(0, place - FOLLOWED_BACK) : place], scope).quotes
            except QuestionError:  # what was no question has no answer
                return ()

        return understand(question, history, [self._store.interview(id) for id in ids], answered)

    def _understood_by(self, text: str, scope: Scope) -> Sequence[str]:
        return self._likely(text, scope, UNDERSTOOD_BY)

    @property
    def _store(self) -> Store:
        """The store, with the shipped interviews in it: embedding them waits until more is wanted than a look."""
        if self._shipped:
            with self._loading:
                deque(self._take_in(self._kept, self._shipped), maxlen=0)
                self._shipped = ()
        return self._kept

    @property
    def _encoder(self) -> Encoder:
        with self._loading:
            if self._loaded_encoder is None:
                encoder = self._given_encoder or load_encoder(self._model)
                self._kept.use_model(encoder.name, encoder.dimension)
                self._loaded_encoder = encoder
            return self._loaded_encoder

    @property
    def _answerer(self) -> Answerer:
        with self._loading:
            if self._loaded_answerer is None:
                retriever = Retriever(self._store, self._encoder)
                reader = self._given_reader or OnnxReader()
                self._loaded_answerer = Answerer(self._store, retriever, reader, shipped_weights())
            return self._loaded_answerer

    def _take_in(self, store: Store, interviews: Iterable[Interview]) -> Iterator[Added]:
        for window in windows(interviews):
            planned = [store.plan(interview) for interview in window]
            new = [i for i, plan in zip(window, planned, strict=True) if plan.outcome is not Outcome.UNCHANGED]
            embedded = iter(embed(self._encoder, [(i, cut(i)) for i in new]) if new else ())
            for plan in planned:
                yield plan if plan.outcome is Outcome.UNCHANGED else _put(store, next(embedded))


def _put(store: Store, embedded: Embedded) -> Added:
    return store.add(embedded.interview, embedded.passages, embedded.vectors, embedded.sentence_vectors)


def _checked(question: str) -> str:
    question = question.strip()
    if not any(c.isalnum() for c in question):
        raise QuestionError("the question is empty: ask something about the interview")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"the question is {len(question):,} characters long: ask in at most {MAX_QUESTION:,}")
    return question
