"""Answers, interviews and verdicts as a person reads them in a terminal.

In: the engine's types and payloads. Out: lines on a ``rich`` console: wrapped and marked in a terminal,
bare words when piped, so that what is copied or searched is the transcript's own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.datatypes import Answer, Interview, Quote, Role, Status, Verdict
from rag.passages import unstamped
from rag.payload import citation, clock, link
from ui.speakers import unmarked
from ui.understood import differences, doubt, finding, taken_to_mean

if TYPE_CHECKING:
    from rag.evaluation import Report
    from rag.store import Summary

READING_WIDTH = 88
"""Columns at most: longer lines are hard to read."""
UNBOUNDED = 100_000
"""Columns when nobody looks on: a program gets every line whole."""
ASKED_LENGTH = 160
"""Characters shown of the question an answer was given to."""
INDENT = "  "
ANSWERING_WORDS = "bold underline"

NARROW = 60
"""Columns below which a table breaks words rather than lines."""
BESIDE_ID = 40
"""Columns that the rest of an interview's line needs."""

_CONTROLS = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = dict.fromkeys(_CONTROLS, "�") | {ord("\n"): "\n", ord("\t"): " ", ord("\r"): " "}


def clean(text: str) -> str:
    """Return text of the same length that can't steer the terminal.

    Control characters and overrides of the writing direction become U+FFFD.
    """
    return text.translate(_SHOWN)


class Terminal:
    """A console that wraps to a reading width, or doesn't touch the words at all when it is piped."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to ``console``, by default standard output."""
        width = None if sys.stdout.isatty() else UNBOUNDED
        self.console = console or Console(markup=False, highlight=False, emoji=False, soft_wrap=True, width=width)
        self.width = min(self.console.width, READING_WIDTH)

    def say(self, text: Text | str = "", indent: str = "", style: str = "") -> None:
        """Print one paragraph, or several with line breaks between them."""
        text = Text(clean(text), style=style) if isinstance(text, str) else text
        lines = list(text.split("\n", allow_blank=True))
        if self.console.is_terminal:
            lines = [part for line in lines for part in line.wrap(self.console, self.width - len(indent)) or [line]]
        for line in lines:
            self.console.print(Text(indent) + line if line.plain.strip() else Text())

    def answer(self, answer: Answer) -> None:
        """Print an answer: its quotes, or what comes nearest when there is none."""
        if meant := taken_to_mean(answer):
            self.say(f"Taken to mean: {meant}", style="dim")
            self.say()
        if told := " ".join(filter(None, (doubt(answer), answer.note))):
            self.say(told)
            self.say()
        elif answer.verdict:
            self._found(answer.verdict)
        elif answer.status is Status.ONLY_ASKED:
            self.say("No answer found. The interviewer raised it:")
            self.say()
        elif answer.status is Status.NOT_FOUND:
            self.say("No answer found.", style="bold")
        for quote in answer.quotes:
            self.quote(quote)
        if answer.closest:
            self.say()
            self.say("The closest passages, which may not answer it:", style="dim")
            self.say()
        for quote in answer.closest:
            self.quote(quote)

    def quote(self, quote: Quote) -> None:
        """Print a quote, who says it, what was asked and where it stands."""
        said = unstamped(quote.interview, (quote.start, quote.end))
        stamped = said != quote.text
        words = Text(clean(said.replace("\n", " ") if stamped else said))
        for start, end in quote.highlight:
            words.stylize(ANSWERING_WORDS, start - quote.start, end - quote.start)
        if stamped:
            words = Text(" ").join(part for part in words.split(" ") if part)
        self.say(Text("“") + words + Text("”"), INDENT)
        if quote.asked:
            self.say(f"asked: {shortened(quote.asked)}", INDENT * 2, "dim")
        self.say(f"— {citation(quote)}", INDENT * 2, "cyan")
        address = link(quote)
        if address:
            self.say(address, INDENT * 2, "dim")
        self.say()

    def interview(self, interview: Interview) -> None:
        """Print a whole interview with its sections, speakers and times."""
        self.say(interview.title, style="bold")
        signed = f"by {interview.author}" if interview.author else None
        about = " · ".join(part for part in (interview.outlet, signed, interview.date, interview.url) if part)
        if about:
            self.say(about, style="dim")
        self.say(f"id: {interview.id}", style="dim")
        for name, people in (("asks", interview.interviewers), ("answers", interview.interviewees)):
            described = [_described(interview, person) for person in people]
            self.say(f"{name}: {', '.join(described) or 'unknown'}", style="dim")
        if not interview.speakers():
            self.say(f"note: {unmarked(interview)}", style="dim")
        section = None
        for turn in interview.turns:
            self.say()
            if turn.section and turn.section != section:
                self.say(f"## {turn.section}", style="bold")
                self.say()
            section = turn.section
            seconds = interview.time_at(turn.start)
            head = " ".join(
                part for part in (f"{turn.speaker or 'unknown speaker'} ({turn.role})", clock(seconds)) if part
            )
            self.say(head, style="bold cyan" if turn.role is Role.INTERVIEWEE else "cyan")
            self.say(interview.text[turn.start : turn.end], INDENT)

    def verdict(self, verdict: Verdict) -> None:
        """Print whether a quotation is right, and how it differs from what was said."""
        self._found(verdict)
        if verdict.quote:
            self.quote(verdict.quote)

    def _found(self, verdict: Verdict) -> None:
        self.say(finding(verdict), style="bold")
        self.say()
        for line in differences(verdict):
            self.say(line, INDENT, "yellow")
        if verdict.changes:
            self.say()

    def summaries(self, summaries: Sequence[Summary]) -> None:
        """Print one line an interview, where there is room for that; what none of them has takes none.

        Ids are to be copied, so that they stay whole.
        """
        widest = max((len(one.id) for one in summaries), default=0)
        if self.console.is_terminal and self.console.width < max(NARROW, widest + BESIDE_ID):
            self._stacked(summaries)
            return
        rows = [
            (one.id, one.date or "", ", ".join(one.interviewees), one.title, one.outlet or "", f"{one.words:,}")
            for one in summaries
        ]
        table = Table(box=None, pad_edge=False, header_style="dim")
        names = ("ID", "DATE", "WHO ANSWERS", "TITLE", "OUTLET", "WORDS")
        filled = [n for n, _ in enumerate(names) if not rows or any(row[n] for row in rows)]
        for name in (names[n] for n in filled):
            whole = not self.console.is_terminal or name in ("ID", "DATE", "WORDS")
            table.add_column(
                name,
                overflow="ignore" if whole else "fold",
                no_wrap=whole,
                justify="right" if name == "WORDS" else "left",
            )
        for row in rows:
            table.add_row(*(Text(clean(row[n])) for n in filled))
        self.console.print(table)

    def _stacked(self, summaries: Sequence[Summary]) -> None:
        """Print a few lines an interview."""
        for number, one in enumerate(summaries):
            if number:
                self.say()
            self.console.print(Text(clean(one.id), style="bold"), no_wrap=True, overflow="ignore", crop=False)
            self.say(one.title, INDENT)
            if one.interviewees:
                self.say(f"answers: {', '.join(one.interviewees)}", INDENT)
            about = " · ".join(part for part in (one.date, one.outlet, f"{one.words:,} words") if part)
            self.say(about, INDENT, "dim")

    def report(self, report: Report) -> None:
        """Print the figures over judged questions, then the questions that went wrong."""
        from rag.evaluation import MEASURES

        for name, value in report.figures.items():
            shown = f"{value:.0f}" if name == "questions" else f"{value:.3f}"
            self.say(f"{shown:>7}  {MEASURES[name]}")
        wrong = [result for result in report.results if not result.right]
        if wrong:
            self.say()
            self.say("Not right:", style="bold")
        for result in wrong:
            self.say(f"{result.judged.id}: {result.judged.question} ({result.answer.status})", INDENT)


def _described(interview: Interview, person: str) -> str:
    description = interview.description(person)
    return f"{person}, {description}" if description else person


def shortened(text: str) -> str:
    """Return text on one line, cut with a mark at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= ASKED_LENGTH else line[:ASKED_LENGTH].rsplit(" ", 1)[0] + " […]"
