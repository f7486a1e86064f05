"""Where a library is -> the store that holds it: the one place that chooses the engine.

In: a folder, or the address of an archive in Milvus. Out: a ``Store``. And all that one holds, put into another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rag.local.store import LocalStore
from rag.milvus.address import address_of
from rag.store import Added, Store


def open_store(folder: Path | None = None, archive: str | None = None, *, read_only: bool = False) -> Store:
    """Open the archive where one is named, else the library in ``folder``, else what the environment names.

    ``ONRECORD_STORE`` names an archive, and ``ONRECORD_LIBRARY`` a folder; with neither, the folder is where the
    system keeps user data.

    Raises:
        LibraryError: It can't be used as it is.
    """
    archive = archive or (None if folder else os.environ.get("ONRECORD_STORE"))
    if archive is None or archive == "":
        return LocalStore(folder or default_folder(), read_only=read_only)
    from rag.milvus.store import MilvusStore

    return MilvusStore(address_of(archive), read_only=read_only)


def copy(source: Store, target: Store) -> Iterator[Added]:
    """Put all that one store holds into another, with its vectors and the roles that were corrected.

    Yield what that did to each interview.

    What the other holds already is passed over, so a copy that was interrupted goes on where it ended.

    Raises:
        LibraryError: One can't be used; ModelMismatch: their vectors come from two models.
    """
    if source.model:
        target.use_model(source.model, source.dimension)
    for each in source.contents():
        yield target.add(each)


def default_folder() -> Path:
    """Return the folder of the user's library: ONRECORD_LIBRARY, or where the system keeps user data."""
    import platformdirs

    return Path(os.environ.get("ONRECORD_LIBRARY") or platformdirs.user_data_dir("onrecord"))
