"""A conversation with what a scope holds: a question after others, told apart, understood, answered.

In: a question as typed, the questions before it, a scope. Out: ``Inquiry``. The earlier questions are answered again
where this one needs their answers, each once.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answers import Inquiry
from rag.around import around
from rag.asking import FOLLOWED_BACK, Asking
from rag.conversation import Intent, Meant
from rag.conversation.steps import Step, Way, step_of
from rag.datatypes import Answer, Quote, Scope
from rag.questions import REMEMBERED, checked, is_question
from rag.together import together


class Talk:
    """One conversation."""

    def __init__(self, asking: Asking, scope: Scope) -> None:
        """Talk with what ``scope`` holds of the store that ``asking`` asks."""
        self._asking = asking
        self._scope = scope
        self._told: dict[tuple[str, ...], Inquiry] = {}

    def inquire(self, question: str, history: Sequence[str]) -> Inquiry:
        """Answer a question that ``checked`` let pass, and show every step that led to the answer.

        Raises:
            QuestionError: The scope has nobody in it.
        """
        self._asking.require_somebody(self._scope)
        return self._answered(question, self._questions(history))

    def _questions(self, history: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``history`` that ask something: no greeting, nothing that is refused."""
        kept: tuple[str, ...] = ()
        for earlier in history[-REMEMBERED:]:
            if is_question(earlier) and not self._asking.note_to(earlier, kept, self._scope):
                kept = (*kept, checked(earlier))
        return kept

    def _answered(self, question: str, history: tuple[str, ...]) -> Inquiry:
        """Return what answers a question after those of ``history``; it is worked out once."""
        place = (*history, question)
        if place not in self._told:
            self._told[place] = self._worked_out(question, history)
        return self._told[place]

    def _worked_out(self, question: str, history: tuple[str, ...]) -> Inquiry:
        note = self._asking.note_to(question, history, self._scope)
        if note:
            return self._asking.answerer.tell(question, note)
        step = step_of(question, history)
        stepped = self._stepped(question, step, history) if step else None
        if stepped:
            return stepped
        asked = self._asking.parts_of(question, self._scope)
        told = [self._inquire(part, (*history, *asked[:n])) for n, part in enumerate(asked)]
        return told[0] if len(told) == 1 else together(question, told)

    def _stepped(self, question: str, step: Step, history: tuple[str, ...]) -> Inquiry | None:
        """Return what stands around what was shown last; None where there is no such step."""
        place = len(history) - 1
        shown = self._answer(history, place).quotes
        while not shown and place and step_of(history[place], history[:place]):  # it led nowhere
            place -= 1
            shown = self._answer(history, place).quotes
        if step.way is Way.REPLY and len(shown) != 1:
            return None
        found = around(shown[0], step) if shown else (None, "Nothing was quoted to go on from.")
        return self._asking.answerer.step(question, *found) if found else None

    def _answer(self, history: tuple[str, ...], place: int) -> Answer:
        """Return the answer to an earlier question."""
        return self._answered(history[place], history[:place]).answer

    def _inquire(self, question: str, history: tuple[str, ...]) -> Inquiry:
        """Answer one question that is no step."""
        meant = self._understand(question, history)
        answerer, scope = self._asking.answerer, self._scope
        if meant.intent is Intent.QUOTATION:
            return answerer.answer_quotation(question, meant, self._asking.verify(meant.question, scope), scope)
        if meant.further and (shown := self._shown(meant.question, history)):
            return answerer.answer_further(question, meant, scope, shown)
        return self._asking.answer(question, meant, scope)

    def _shown(self, meant: str, history: tuple[str, ...]) -> tuple[Quote, ...]:
        """Return the quotes that answered the same question before, the last first."""
        shown: list[Quote] = []
        for place in reversed(range(len(history))):
            if step_of(history[place], history[:place]):
                continue
            answer = self._answer(history, place)
            if answer.meant.casefold().strip("?!. ") != meant.casefold().strip("?!. "):
                break
            shown += answer.quotes
        return tuple(shown)

    def _understand(self, question: str, history: tuple[str, ...]) -> Meant:
        """Understand a question after those before it that have a topic: steps have none."""
        topics = tuple(earlier for n, earlier in enumerate(history) if not step_of(earlier, history[:n]))

        def answered(place: int) -> Sequence[Quote]:
            before = topics[max(0, place - FOLLOWED_BACK) : place]
            return self._answered(topics[place], before).answer.quotes

        return self._asking.understand(question, topics, self._scope, answered)
