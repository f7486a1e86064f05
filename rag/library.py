"""The facade: interviews in, answers out.

In: interviews, questions. Out: ``Answer``, ``Verdict``, ``Summary``. Models are loaded when they are first
needed, so that listing and showing stay instant.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.answers import Answerer, Inquiry
from rag.asking import Asking
from rag.datatypes import Answer, Interview, Passage, Role, Scope, Span, Verdict
from rag.embedding import embed, windows
from rag.encoder import DEFAULT_MODEL, Encoder
from rag.local.store import LocalStore
from rag.minilm import load_encoder
from rag.parsing import ParseOptions
from rag.passages import cut
from rag.questions import checked
from rag.reader import OnnxReader, Reader
from rag.retriever import Retriever
from rag.scoring import shipped_weights
from rag.seeds import seed_interviews
from rag.speakers import given_roles
from rag.store import EVERYTHING, Added, Embedded, Outcome, Store, Summary
from rag.stores import open_store
from rag.suggestions import suggest
from rag.talk import Talk


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

    def correct(self, id: str, roles: Mapping[str, Role]) -> None:
        """Give speakers, by their names or a part that one of them has, their roles.

        It is remembered, also when the interview is updated.

        Raises:
            UnknownInterview: there is none with that id.
            ParseError: nobody has such a name, or several have, or one speaker would get two roles.
        """
        interview = self.interview(id)
        given = given_roles(interview, roles)
        self._store.correct(id, [replace(t, role=given.get(t.speaker or "", t.role)) for t in interview.turns])

    def heeding(self, options: ParseOptions) -> Callable[[str], ParseOptions]:
        """Return what gives, by its origin, the options to read a source with: ``options``, and what was told before.

        What was told of a source when it was added holds whenever it is read again, where ``options`` say nothing.
        """
        known = {summary.origin: summary.id for summary in self.list()}

        def heeded(origin: str) -> ParseOptions:
            return options.heeding(self.interview(known[origin]).told) if origin in known else options

        return heeded

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
        return Talk(self._asking, scope).inquire(checked(question), history)

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
        return self._asking.verify(quotation, scope)

    def settle(self) -> None:
        """Put the shipped interviews into a new library now, which waits else until more is wanted than a look.

        Raises:
            LibraryError: it can't be written.
        """
        _ = self._store

    def load(self) -> None:
        """Load the models now rather than at the first question."""
        self._load_answerer()
        self._encoder.encode_query("")  # what only questions need is loaded with the first

    def check(self) -> tuple[str, ...]:
        """Verify everything stored, and return a line for each thing that is wrong."""
        return self._store.check()

    @property
    def _store(self) -> Store:
        """The store, with the shipped interviews in it: embedding them waits until more is wanted than a look."""
        if self._shipped:
            with self._loading:
                deque(self._take_in(self._kept, self._shipped), maxlen=0)
                self._shipped = ()
        return self._kept

    @property
    def _asking(self) -> Asking:
        return Asking(self._store, self._load_answerer)

    @property
    def _encoder(self) -> Encoder:
        with self._loading:
            if self._loaded_encoder is None:
                encoder = self._given_encoder or load_encoder(self._model)
                self._kept.use_model(encoder.name, encoder.dimension)
                self._loaded_encoder = encoder
            return self._loaded_encoder

    def _load_answerer(self) -> Answerer:
        """Return what answers, its models loaded once."""
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
                yield plan if plan.outcome is Outcome.UNCHANGED else store.add(next(embedded))
