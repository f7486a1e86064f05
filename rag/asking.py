"""What can be asked of a store: whether a text is a question at all, what it means, what answers it, a quotation.

In: a question as typed, the questions before it, a scope. Out: ``Meant``, ``Inquiry``; of a quotation, ``Verdict``.
Where the interviews are many, a question is understood by those that it seems to be about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from rag.answers import Answerer, Inquiry
from rag.conversation import Intent, Meant, understand
from rag.conversation.followups import Answered
from rag.conversation.parts import parts
from rag.conversation.requests import reply_to
from rag.conversation.to_each import put_to_each
from rag.datatypes import Scope, Status, Verdict
from rag.errors import QuestionError
from rag.questions import require_whole
from rag.retriever import PROPOSED
from rag.store import Store
from rag.verification import verify
from rag.words import STOP_WORDS, content_words, words

UNDERSTOOD_BY = 4
"""How many interviews' words and names a question is understood by."""
TOLD_BY = PROPOSED // UNDERSTOOD_BY
"""By how many passages each an interview is told to be likely; so many that retrieval asks for the same ones."""
CHECKED_IN = 40
"""How many interviews a quotation is looked for in, those that share most words with it."""
FOLLOWED_BACK = 3
"""How many questions before an earlier one its answer is worked out from, where a follow-up needs that answer."""


class Asking:
    """What can be asked of one store."""

    def __init__(self, store: Store, answerer: Callable[[], Answerer]) -> None:
        """Ask what ``store`` holds; ``answerer`` is called only where models are needed."""
        self._store = store
        self._answerer = answerer

    def note_to(self, question: str, history: Sequence[str], scope: Scope) -> str | None:
        """Return what to tell where a question asks nothing that somebody could have said."""
        answering = None if history else partial(self._answering, question, scope)
        return reply_to(question, lambda: self._store.ids_in(scope), self._store.interview, answering)

    def parts_of(self, question: str, scope: Scope) -> Sequence[str]:
        """Return the questions in one: "Who paid for it, and when did it open?"."""
        return parts(question, lambda: (self._store.interview(id).text for id in self._understood_by(question, scope)))

    def answer(self, question: str, meant: Meant, scope: Scope) -> Inquiry:
        """Answer what was meant; of several guests, also as each of them would say it of themselves."""
        found = self.answerer.answer(question, meant, scope)
        each = put_to_each(meant.question) if meant.intent is Intent.ANSWER and not meant.speakers else None
        if each and self._are_several(scope):
            of_each = self.answerer.answer(question, replace(meant, wording=each), scope)
            if of_each.answer.status is Status.ANSWERED and of_each.answer.confidence > found.answer.confidence:
                return of_each
        return found

    @property
    def answerer(self) -> Answerer:
        """What answers, with its models loaded."""
        return self._answerer()

    def _are_several(self, scope: Scope) -> bool:
        """Tell whether several guests are asked: who did something may then be told by who says "I"."""
        if scope.speakers:
            return False
        ids = self._store.ids_in(scope)
        return len(ids) > 1 or any(len(self._store.interview(id).interviewees) > 1 for id in ids)

    def verify(self, quotation: str, scope: Scope) -> Verdict:
        """Check a quotation against what was said."""
        require_whole(quotation, "quotation")
        self.require_somebody(scope)
        likely = [self._store.interview(id) for id in self._likely(quotation, scope, CHECKED_IN)]
        return verify(quotation, likely, scope.speakers)

    def require_somebody(self, scope: Scope) -> None:
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
        ids = self._store.ids_in(scope)
        if len(ids) <= limit:
            return ids
        rows = [row for row, _ in self._store.matching(content_words(text), TOLD_BY * limit, scope)]
        found = dict.fromkeys(p.passage.interview for p in self._store.passages(rows))
        return list(found)[:limit] or ids[:limit]

    def understand(self, question: str, history: Sequence[str], scope: Scope, answered: Answered) -> Meant:
        """Understand a question by the interviews it is put to: where they are many, by those it seems to be about."""
        ids = self._understood_by(" ".join([*history[-FOLLOWED_BACK:], question]), scope)
        return understand(question, history, [self._store.interview(id) for id in ids], answered)

    def _answering(self, question: str, scope: Scope) -> Iterator[str]:
        """Yield the names of who answers in the interviews that a question seems to be about."""
        for id in self._understood_by(question, scope):
            yield from self._store.interview(id).interviewees

    def _understood_by(self, text: str, scope: Scope) -> Sequence[str]:
        """Return the interviews that a text seems to be about: those with whom it names, and those with its words."""
        ids = self._store.ids_in(scope)
        if len(ids) <= UNDERSTOOD_BY:
            return ids
        return list(dict.fromkeys([*self._with_named(text, set(ids)), *self._likely(text, scope, UNDERSTOOD_BY)]))[
            :UNDERSTOOD_BY
        ]

    def _with_named(self, text: str, ids: Collection[str]) -> list[str]:
        """Return the interviews with a guest whose surname a text has, first those with most of the name."""
        typed = set(map(str.lower, words(text))) - STOP_WORDS
        shared = {}
        for summary in self._store.summaries():
            names = [[part.lower() for part in words(name)] for name in summary.interviewees]
            found = [len(typed.intersection(name)) for name in names if name and name[-1] in typed]
            if found and summary.id in ids:
                shared[summary.id] = max(found)
        return sorted(shared, key=lambda id: -shared[id])
