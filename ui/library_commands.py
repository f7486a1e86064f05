"""The commands that keep a library: add, list, show, update, remove, check, reembed.

In: sources, ids and ``Chosen``. Out: lines or JSON on standard output, and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rag.errors import UnknownInterview
from ui.options import (
    Chosen,
    in_option,
    json_option,
    library_options,
    parsing_options,
    pass_chosen,
    private_option,
    role_options,
)
from ui.output import MISTAKE, complain, print_json

if TYPE_CHECKING:
    from rag.datatypes import Interview
    from rag.library import Library
    from ui.adding import Result


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@parsing_options
@json_option
@library_options
@pass_chosen
def add(chosen: Chosen, sources: tuple[str, ...]) -> int:
    """Add interviews to the library: files, folders of them, web pages."""
    from ui.adding import add_all

    return _reported(add_all(sources, chosen), chosen)


@click.command("list")
@in_option
@json_option
@library_options
@pass_chosen
def list_(chosen: Chosen) -> None:
    """List the interviews: when, who answers, what about."""
    from rag.payload import summary_json
    from ui.progress import working
    from ui.sources import opened
    from ui.terminal import Terminal

    with working("Opening the library"), opened(chosen) as library:
        summaries = library.list()
    if chosen.as_json:
        print_json([summary_json(summary) for summary in summaries])
    else:
        Terminal().summaries(summaries)


@click.command()
@click.argument("interview", metavar="ID|PATH")
@parsing_options
@json_option
@library_options
@pass_chosen
def show(chosen: Chosen, interview: str) -> None:
    """Show an interview turn by turn: who speaks, in which role, when.

    What is said of a file beside it is heeded, as it would be in adding it. An interview of the library is shown
    as it is there: correct its roles with onrecord update.
    """
    from rag.payload import interview_json
    from ui.progress import working
    from ui.sources import is_source, opened, read_one
    from ui.terminal import Terminal

    if is_source(interview):
        shown = read_one(interview, chosen)
    else:
        with working("Opening the library"), opened(chosen) as library:
            shown = _found(library, interview)
        _only_shown(interview, chosen)
    if chosen.as_json:
        print_json(interview_json(shown))
    else:
        Terminal().interview(shown)


@click.command()
@click.argument("interviews", nargs=-1, metavar="[ID]...")
@role_options
@private_option
@json_option
@library_options
@pass_chosen
def update(chosen: Chosen, interviews: tuple[str, ...]) -> int:
    """Read interviews again from their files, or correct roles.

    Without an ID, all interviews are read again; what was said of them when they were added still holds. With
    --interviewer or --interviewee, nothing is read: who asks and who answers is corrected, and remembered.
    """
    from ui.adding import correct_roles, update_all

    correct = chosen.interviewers or chosen.interviewees
    return _reported((correct_roles if correct else update_all)(interviews, chosen), chosen)


@click.command()
@library_options
@pass_chosen
def reembed(chosen: Chosen) -> None:
    """Make all vectors anew, with another embedding model.

    The model is the one after --model, else the one that comes with On the Record. Until it is done, the library
    stays as it is.
    """
    from rag.encoder import DEFAULT_MODEL
    from ui.progress import counting
    from ui.sources import opened

    model = chosen.model or DEFAULT_MODEL
    with opened(chosen) as library, counting(len(library.list()), "Embedding") as embedded:
        library.reembed(model, embedded)
    click.echo(f"embedded with {model}")


@click.command()
@click.argument("interviews", nargs=-1, required=True, metavar="ID...")
@library_options
@pass_chosen
def remove(chosen: Chosen, interviews: tuple[str, ...]) -> None:
    """Remove interviews from the library; files stay."""
    from ui.sources import opened

    with opened(chosen) as library:
        for interview in interviews:
            library.interview(interview)  # all or none: an unknown id is told before anything is removed
        for interview in dict.fromkeys(interviews):
            library.remove(interview)
            click.echo(f"removed {interview}")


@click.command()
@library_options
@pass_chosen
def check(chosen: Chosen) -> int:
    """Check that the library is whole; say what is wrong."""
    from ui.progress import working
    from ui.sources import opened

    with working("Checking the library"), opened(chosen) as library:
        problems, held = library.check(), len(library.list())
    for problem in problems:
        complain(problem)
    if not problems:
        click.echo(f"All is well: {held} interview{'' if held == 1 else 's'}.")
    return MISTAKE if problems else 0


def _found(library: Library, interview: str) -> Interview:
    """Return an interview of the library; raise ``UnknownInterview``, or ``ClickException`` for a folder."""
    try:
        return library.interview(interview)
    except UnknownInterview:
        if not Path(interview).is_dir():
            raise
    raise click.ClickException(
        f"{interview} is a folder, which can't be shown: give a file in it, or an interview's id."
    )


def _only_shown(interview: str, chosen: Chosen) -> None:
    """Refuse what was said of an interview of the library, where showing it changes nothing."""
    for option, names in (("interviewer", chosen.interviewers), ("interviewee", chosen.interviewees)):
        if names:
            told = f'onrecord update {interview} --{option} "{names[0]}"'
            raise click.ClickException(f"{interview} is in your library; correct it there, for good: {told}.")
    told_of_source = {"title": chosen.title, "date": chosen.date, "speaker": chosen.only_speaker}
    for option in (option for option, value in told_of_source.items() if value):
        raise click.ClickException(
            f"{interview} is in your library; add its file again with --{option} to change that."
        )


def _reported(results: Sequence[Result], chosen: Chosen) -> int:
    if chosen.as_json:
        print_json([asdict(result) for result in results])
    return MISTAKE if any(result.outcome == "failed" for result in results) else 0


COMMANDS: Final = (add, list_, show, update, remove, check, reembed)
