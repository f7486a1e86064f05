"""The command that moves a library between this machine and an archive in Milvus.

In: ``Chosen`` and the archive's address. Out: what was copied, on standard output.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import asdict

import click

from ui.options import Chosen, json_option, library_options, pass_chosen
from ui.output import print_json


@click.command()
@click.option("--to", metavar="URI", help="Put the library into this archive.")
@click.option("--from", "from_", metavar="URI", help="Bring this archive into the library.")
@json_option
@library_options
@pass_chosen
def copy(chosen: Chosen, to: str | None, from_: str | None) -> None:
    """Copy a library into an archive in Milvus, or back.

    The vectors are copied too, not made anew. Interviews that are there already are passed over; begin a copy that
    was interrupted again, and it goes on.
    """
    from rag.errors import LibraryError
    from rag.library import Library
    from rag.local.store import LocalStore
    from rag.milvus.address import address_of
    from rag.stores import copy as copied
    from rag.stores import default_folder, open_store
    from ui.progress import counted

    archive = to or from_
    if archive is None or (to and from_):
        raise click.UsageError("Say where: --to URI or --from URI.")
    if chosen.store:
        raise click.UsageError("The other side is the local library, --library DIR; leave --store out.")
    folder = chosen.library or default_folder()
    if to and (chosen.library is None or folder.exists()):
        with Library.open(folder) as mine:
            mine.settle()
    local = LocalStore(folder, read_only=to is not None)
    with closing(local), closing(open_store(archive=archive, read_only=from_ is not None)) as remote:
        source, target = (local, remote) if to else (remote, local)
        total = len(source.summaries())
        if total == 0:
            raise LibraryError(f"there is nothing to copy in {folder if to else address_of(archive)}")  # no password
        done = list(counted(copied(source, target), total, "Copying"))
    if chosen.as_json:
        print_json([asdict(added) for added in done])
    else:
        counts = Counter(added.outcome for added in done)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
