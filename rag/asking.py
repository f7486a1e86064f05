"""Put a question, or a quotation to check, to what a store holds: told apart, understood, answered.

In: a question as typed, the questions before it, a scope. Out: ``Inquiry``; of a quotation, ``Verdict``. Where the
interviews are many, a question is understood by those that it seems to be about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from rag.answers import Answerer, Inquiry
from rag.around import around
from rag.conversation import Intent, Meant, understand
from rag.conversation.parts import parts
from rag.conversation.requests import reply_to
from rag.conversation.steps import Way, step_of
from rag.conversation.to_each import put_to_each
from rag.datatypes import Answer, Quote, Scope, Status, Verdict
from rag.errors import QuestionError
from rag.questions import checked, is_whole, require_whole
from rag.retriever import PROPOSED
from rag.store import Store
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


class Asking:
    """What can be asked of one store."""

    def __init__(self, store: Store, answerer: Callable[[], Answerer]) -> None:
        """Ask what ``store`` holds; ``answerer`` is called only where models are needed."""
        self._store = store
        self._answerer = answerer

    def inquire(self, question: str, history: Sequence[str], scope: Scope) -> Inquiry:
        """Answer a question that ``checked`` let pass, and show every step that led to the answer."""
        self._require_somebody(scope)
        history = [earlier for earlier in history if is_whole(earlier)]  # no question, so nothing to follow
        answering = None if history else partial(self._answering, question, scope)
        note = reply_to(question, lambda: self._store.ids_in(scope), self._store.interview, answering)
        if note:
            return self._answerer().tell(question, note)
        stepped = self._stepped(question, history, scope)
        if stepped:
            return stepped
        asked = parts(question, lambda: (self._store.interview(id).text for id in self._understood_by(question, scope)))
        told = [self._inquire(part, [*history, *asked[:n]], scope) for n, part in enumerate(asked)]
        return told[0] if len(told) == 1 else together(question, told)

    def _stepped(self, question: str, history: Sequence[str], scope: Scope) -> Inquiry | None:
        """Return what stands around what was shown last, where that is asked for."""
        step = step_of(question, history)
        if step is None:
            return None
        place = len(history) - 1
        shown = self._answer_to(history, place, scope).quotes
        while not shown and place and step_of(history[place], history[:place]):  # it led nowhere
            place -= 1
            shown = self._answer_to(history, place, scope).quotes
        if step.way is Way.REPLY and len(shown) != 1:
            return None
        found = around(shown[0], step) if shown else (None, "Nothing was quoted to go on from.")
        return self._answerer().step(question, *found) if found else None

    def _answer_to(self, history: Sequence[str], place: int, scope: Scope) -> Answer:
        """Return the answer to an earlier question."""
        return self.inquire(checked(history[place]), history[:place], scope).answer

    def _inquire(self, question: str, history: Sequence[str], scope: Scope) -> Inquiry:
        """Answer one question."""
        meant = self._understand(question, history, scope)
        if meant.intent is Intent.QUOTATION:
            return self._checked_quotation(question, meant, scope)
        if meant.further and (shown := self._shown(meant.question, history, scope)):
            return self._answerer().answer_further(question, meant, scope, shown)
        found = self._answerer().answer(question, meant, scope)
        each = put_to_each(meant.question) if meant.intent is Intent.ANSWER and not meant.speakers else None
        if each and self._are_several(scope):
            of_each = self._answerer().answer(question, replace(meant, wording=each), scope)
            if of_each.answer.status is Status.ANSWERED and of_each.answer.confidence > found.answer.confidence:
                return of_each
        return found

    def _shown(self, meant: str, history: Sequence[str], scope: Scope) -> tuple[Quote, ...]:
        """Return the quotes that answered the same question before, the last first."""
        shown: list[Quote] = []
        for place in reversed(range(len(history))):
            before = history[max(0, place - FOLLOWED_BACK) : place]
            answer = self.inquire(checked(history[place]), before, scope).answer
            if answer.meant.casefold().strip("?!. ") != meant.casefold().strip("?!. ") or not answer.quotes:
                break
            shown += answer.quotes
        return tuple(shown)

    def _are_several(self, scope: Scope) -> bool:
        """Tell whether several guests are asked: who did something may then be told by who says "I"."""
        if scope.speakers:
            return False
        ids = self._store.ids_in(scope)
        return len(ids) > 1 or any(len(self._store.interview(id).interviewees) > 1 for id in ids)

    def _checked_quotation(self, question: str, meant: Meant, scope: Scope) -> Inquiry:
        """Answer a pasted quotation by checking it; where nobody says it, by what comes closest."""
        verdict = self.verify(meant.question, scope)
        return self._answerer().answer_quotation(question, meant, verdict, scope)

    def verify(self, quotation: str, scope: Scope) -> Verdict:
        """Check a quotation against what was said."""
        require_whole(quotation, "quotation")
        self._require_somebody(scope)
        likely = [self._store.interview(id) for id in self._likely(quotation, scope, CHECKED_IN)]
        return verify(quotation, likely, scope.speakers)

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
        ids = self._store.ids_in(scope)
        if len(ids) <= limit:
            return ids
        rows = [row for row, _ in self._store.matching(content_words(text), TOLD_BY * limit, scope)]
        found = dict.fromkeys(p.passage.interview for p in self._store.passages(rows))
        return list(found)[:limit] or ids[:limit]

    def _understand(self, question: str, history: Sequence[str], scope: Scope) -> Meant:
        """Understand a question by the interviews it is put to: where they are many, by those it seems to be about."""
        history = [earlier for n, earlier in enumerate(history) if not step_of(earlier, history[:n])]  # of no topic
        ids = self._understood_by(" ".join([*history[-1:], question]), scope)

        def answered(place: int) -> Sequence[Quote]:
            try:
                before = history[max(0, place - FOLLOWED_BACK) : place]
                return self.inquire(checked(history[place]), before, scope).answer.quotes
            except QuestionError:  # what was no question has no answer
                return ()

        return understand(question, history, [self._store.interview(id) for id in ids], answered)

    def _answering(self, question: str, scope: Scope) -> Iterator[str]:
        """Yield the names of who answers in the interviews that a question seems to be about."""
        for id in self._understood_by(question, scope):
            yield from self._store.interview(id).interviewees

    def _understood_by(self, text: str, scope: Scope) -> Sequence[str]:
        return self._likely(text, scope, UNDERSTOOD_BY)
