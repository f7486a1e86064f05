"""What a person says about a source that the source doesn't: names, roles, provenance.

In: command-line options, or the ``.toml`` beside a seed. Out: ``ParseOptions``, which wins over what is
found in the source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.datatypes import Told


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """Corrections and additions to what parsing finds; empty and None mean "as found"."""

    interviewers: tuple[str, ...] = ()
    """Who asks: names as they stand in the transcript or in full."""
    interviewees: tuple[str, ...] = ()
    """Who answers."""
    speaker: str | None = None
    """The whole text is this one person's words: a speech, a statement, a monologue."""
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    """ISO 8601."""
    url: str | None = None
    id: str | None = None
    origin: str | None = None
    descriptions: tuple[tuple[str, str], ...] = ()
    """(name, what they are)."""

    @property
    def told(self) -> Told:
        """What is remembered of it with the interview."""
        return Told(self.interviewers, self.interviewees, self.speaker, self.title, self.date)

    def heeding(self, told: Told) -> ParseOptions:
        """Return these options with what was told earlier, where they say nothing themselves.

        Who is told one role now no longer has the other one told before.
        """
        return replace(
            self,
            interviewers=self.interviewers or _besides(told.interviewers, self.interviewees),
            interviewees=self.interviewees or _besides(told.interviewees, self.interviewers),
            speaker=self.speaker or told.speaker,
            title=self.title or told.title,
            date=self.date or told.date,
        )


AS_FOUND = ParseOptions()
"""Nothing to correct, nothing to add."""


def _besides(names: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name.casefold() not in {other.casefold() for other in now})
