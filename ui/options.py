"""The options that several commands share: declared once here, collected into one ``Chosen``.

In: what was typed. Out: ``Chosen``, which every command receives through ``pass_chosen``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rag.datatypes import Scope
from rag.dates import is_date
from rag.questions import is_whole
from rag.speakers import both

if TYPE_CHECKING:
    from rag.parsing import ParseOptions

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Chosen:
    """What the shared options of a command line were set to; each field is one option."""

    library: Path | None = None
    store: str | None = None
    model: str | None = None
    files: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    title: str | None = None
    date: str | None = None
    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    only_speaker: str | None = None
    allow_private: bool = False
    as_json: bool = False

    @property
    def scope(self) -> Scope:
        """Which interviews and speakers a question is put to."""
        return Scope(self.interviews, self.speakers, self.since, self.until)

    @property
    def parsing(self) -> ParseOptions:
        """What the user knows about a source better than we could infer; raises ``UsageError`` if it can't be."""
        from rag.parsing import ParseOptions

        asking = {name.casefold() for name in self.interviewers}
        for name in self.interviewees:
            if name.casefold() in asking:
                raise click.UsageError(both(name))
        return ParseOptions(
            title=self.title,
            date=self.date,
            interviewers=self.interviewers,
            interviewees=self.interviewees,
            speaker=self.only_speaker,
        )


PATHS = ("library", "files")
"""The options that name files, which may be called anything."""


pass_chosen = click.make_pass_decorator(Chosen, ensure=True)


class IsoDate(click.ParamType[str]):
    """A day, a month or a year as ISO 8601 writes it."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date as typed; raise ``BadParameter`` when no calendar has it."""
        if is_date(value):
            return value
        self.fail(f"{value!r} is no date; write 2026-05-31, 2026-05 or 2026.", param, ctx)


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's own type
    """Put an option's value into ``Chosen``; what stands after the command wins over what stands before."""
    chosen = context.ensure_object(Chosen)
    if parameter.name not in PATHS and not all(map(is_whole, value if isinstance(value, tuple) else [str(value)])):
        raise click.BadParameter("it holds bytes that aren't UTF-8; type it anew.")
    if value not in (None, (), False):
        setattr(chosen, parameter.name or "", value)


def _shared(*declarations: str, **settings: Any) -> Callable[[Command], Command]:  # noqa: ANN401 - as click.option
    return click.option(*declarations, callback=_keep, expose_value=False, **settings)


def _together(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


json_option = _shared("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

library_options = _together(
    _shared(
        "--library",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help="The library's folder; else ONRECORD_LIBRARY, else one in your user-data folder.",
    ),
    _shared(
        "--store",
        metavar="URI",
        help="An archive in Milvus instead, milvus://HOST:PORT/COLLECTION or a .db file; else ONRECORD_STORE.",
    ),
    _shared("--model", metavar="NAME", help="Another sentence-transformers model, for a library made with it."),
)

private_option = _shared(
    "--allow-private",
    is_flag=True,
    help="Fetch web addresses on this machine and its local network too, which are refused otherwise.",
)

whose_option = _shared(
    "--speaker", "only_speaker", metavar="NAME", help="Whose words these are, for a text without turns."
)

in_option = _together(
    _shared(
        "--in",
        "files",
        metavar="PATH",
        multiple=True,
        help="Use this file or folder instead of the library; may be repeated.",
    ),
    private_option,
)

scope_options = _together(
    _shared("--interview", "interviews", metavar="ID", multiple=True, help="Only this interview; may be repeated."),
    _shared(
        "--speaker",
        "speakers",
        metavar="NAME",
        multiple=True,
        help="Only this speaker; may be repeated. Beside --in also whose words a text without turns is.",
    ),
    _shared("--since", type=IsoDate(), help="Only interviews from this date on: 2026, 2026-05 or 2026-05-31."),
    _shared("--until", type=IsoDate(), help="Only interviews up to this date, written likewise."),
)

role_options = _together(
    _shared("--interviewer", "interviewers", metavar="NAME", multiple=True, help="Who asks; may be repeated."),
    _shared("--interviewee", "interviewees", metavar="NAME", multiple=True, help="Who answers; may be repeated."),
)

parsing_options = _together(
    role_options,
    whose_option,
    _shared("--title", help="The interview's title."),
    _shared("--date", type=IsoDate(), help="When it was held or published: 2026, 2026-05 or 2026-05-31."),
    private_option,
)
