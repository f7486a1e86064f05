"""The command line: words typed in; quotes, tables or JSON out.

Whatever is heavy (the models, the page, the terminal's typesetting) is imported by the command that needs
it, so that ``--help`` answers at once. A user's mistake ends as one line on stderr and exit code 2,
whoever noticed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from rag.errors import OnTheRecordError
from ui import library_commands
from ui.copying import copy
from ui.options import (
    Chosen,
    in_option,
    json_option,
    library_options,
    pass_chosen,
    private_option,
    scope_options,
    whose_option,
)
from ui.output import INTERRUPTED, complain, print_json

if TYPE_CHECKING:
    from rag.library import Library


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
@library_options
def commands() -> None:
    """Ask interviews questions; get the speakers' own words, with a citation."""


@commands.command()
@click.argument("question", nargs=-1)
@in_option
@scope_options
@click.option("--after", metavar="QUESTION", multiple=True, help="An earlier question, for a follow-up; repeatable.")
@click.option(
    "--questions", metavar="FILE", type=click.File("rb"), help='Ask each line of a JSON Lines file: {"id", "q"}.'
)
@click.option("--explain", is_flag=True, help="Show what was found, what the reader thought of it, and what decided.")
@json_option
@library_options
@pass_chosen
def ask(
    chosen: Chosen, question: tuple[str, ...], after: tuple[str, ...], questions: IO[bytes] | None, explain: bool
) -> None:
    """Answer QUESTION in the words of the people who were interviewed."""
    from rag.payload import answer_json
    from rag.questions import checked, is_whole
    from ui.batch import Line, lines_of, require_interviews
    from ui.explaining import explanation, print_explanation
    from ui.terminal import Terminal

    if bool(question) == bool(questions):
        raise click.UsageError("Give one question, in quotation marks, or --questions FILE.")
    if not all(map(is_whole, after)):
        raise click.UsageError("The question after --after holds bytes that aren't UTF-8; type it anew.")
    lines = (
        lines_of(questions.read(), questions.name) if questions else [Line(None, checked(" ".join(question)), after)]
    )
    terminal = Terminal()
    with _loaded(chosen) as library:
        require_interviews(lines, library)
        for line in lines:
            inquiry = library.inquire(line.question, line.history, line.within(chosen.scope))
            if chosen.as_json:
                answered = answer_json(inquiry.answer) | {"id": line.id}
                print_json(answered | {"explanation": explanation(inquiry, library.interview)} if explain else answered)
                continue
            if questions:
                terminal.say(line.question, style="bold")
            terminal.answer(inquiry.answer)
            if explain:
                print_explanation(terminal, inquiry, library.interview)


@commands.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; else the first free one from 7860.")
@click.option("--no-browser", is_flag=True, help="Don't open a browser.")
@click.option("--password", metavar="WORD", help="Ask visitors for this password; the user name is guest.")
@click.option("--no-password", is_flag=True, help="Let everybody in, even over a shared link.")
@click.option("--share", is_flag=True, help="Make a temporary public link, with a password unless you say otherwise.")
@click.option("--share-server", metavar="HOST:PORT", help="Make the link through your own tunnel server.")
@whose_option
@private_option
@library_options
@pass_chosen
def serve(
    chosen: Chosen,
    paths: tuple[str, ...],
    host: str,
    port: int | None,
    no_browser: bool,
    password: str | None,
    no_password: bool,
    share: bool,
    share_server: str | None,
) -> None:
    """Open the chat on the library, or on the files given."""
    if no_password and password is not None:
        raise click.UsageError("Choose --password WORD or --no-password, not both.")
    if password is not None and not password.strip():
        raise click.UsageError("The password is empty. Give one, or leave the option out to have one made.")
    from ui.sharing import is_server
    from ui.sources import existing, opened

    if share_server is not None and not share:
        raise click.UsageError("--share-server says where --share makes its link: give --share too.")
    if share_server is not None and not is_server(share_server):
        raise click.UsageError(f"The share server must be given as HOST:PORT, not {share_server!r}.")
    chosen.files = existing(paths)
    click.echo("Opening the chat...", err=True)  # what comes next takes seconds before it can say a word
    from ui.page import ServeOptions
    from ui.page import serve as serve_page

    options = ServeOptions(host.strip("[]"), port, not no_browser, password, no_password, share, share_server)
    serve_page(lambda: opened(chosen), options)


@commands.command()
@click.argument("quotation", nargs=-1, required=True)
@in_option
@scope_options
@json_option
@library_options
@pass_chosen
def verify(chosen: Chosen, quotation: tuple[str, ...]) -> None:
    """Check QUOTATION word for word, before you print it."""
    from rag.payload import verdict_json
    from ui.progress import working
    from ui.sources import opened
    from ui.terminal import Terminal

    with working("Reading the interviews"), opened(chosen) as library:
        verdict = library.verify(" ".join(quotation), chosen.scope)
    if chosen.as_json:
        print_json(verdict_json(verdict))
    else:
        Terminal().verdict(verdict)


@commands.command("eval")
@click.argument("questions", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@in_option
@whose_option
@json_option
@library_options
@pass_chosen
def eval_(chosen: Chosen, questions: Path) -> None:
    """Measure the answers to the judged questions of FILE."""
    from rag.datatypes import Scope
    from rag.evaluation import evaluate, read_questions, report_json
    from ui.progress import counted
    from ui.terminal import Terminal

    judged = read_questions(questions)
    with _loaded(chosen) as library:
        scopes = [Scope((one.interview,)) if one.interview else chosen.scope for one in judged]
        answers = [
            library.ask(one.question, one.history, scope)
            for one, scope in counted(zip(judged, scopes, strict=True), len(judged), "Asking")
        ]
    report = evaluate(judged, answers)
    if chosen.as_json:
        print_json(report_json(report))
    else:
        Terminal().report(report)


@commands.command()
@in_option
@whose_option
@library_options
@pass_chosen
def mcp(chosen: Chosen) -> None:
    """Serve the interviews to a program over MCP (stdio)."""
    from ui.mcp_server import serve_stdio
    from ui.sources import opened

    with opened(chosen) as library:
        serve_stdio(library)


@contextmanager
def _loaded(chosen: Chosen) -> Iterator[Library]:
    """Open what is to be asked, its models loaded; it is closed also where they can't be."""
    from ui.progress import working
    from ui.sources import opened

    with ExitStack() as closing:
        with working("Loading the models"):
            library = closing.enter_context(opened(chosen))
            library.load()
        yield library


for command in (*library_commands.COMMANDS, copy):
    commands.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; a mistake is told in one line on stderr."""
    try:
        outcome = commands.main(arguments, prog_name="onrecord", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "onrecord"
        return complain(f"{error.format_message()} See {where} --help.")
    except click.ClickException as error:
        return complain(error.format_message())
    except OnTheRecordError as error:
        return complain(str(error))
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        # What the machine refuses (a full disk, a folder without permission) is no bug of ours either.
        return complain(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    return outcome if isinstance(outcome, int) else 0
