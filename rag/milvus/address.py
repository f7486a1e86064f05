"""Where an archive in Milvus is: what a person writes -> server and collection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rag.errors import LibraryError

SCHEME = "milvus://"
FILE_ENDING = ".db"
FILE_COLLECTION = "onrecord"
"""The collection's name in a file of milvus-lite, which holds one archive."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an archive is."""

    server: str
    """An http address, or the path of a file."""
    collection: str
    user: str = ""
    password: str = ""

    @property
    def is_file(self) -> bool:
        """Whether milvus-lite keeps it on this machine."""
        return self.server.endswith(FILE_ENDING)

    def __str__(self) -> str:
        """Return the address as a person knows it, without the password."""
        if self.is_file:
            return self.server
        return f"{SCHEME}{urlsplit(self.server).netloc}/{self.collection}"


def is_milvus(store: str) -> bool:
    """Tell an archive in Milvus from a folder."""
    return store.startswith(SCHEME) or (store.endswith(FILE_ENDING) and "://" not in store)


def address_of(store: str) -> Address:
    """Read ``milvus://[USER:PASSWORD@]HOST:PORT/COLLECTION``, or the path of a ``.db`` file.

    Raises:
        LibraryError: It is neither.
    """
    if is_milvus(store) and not store.startswith(SCHEME):
        return Address(str(Path(store).expanduser().resolve()), FILE_COLLECTION)
    try:
        parts = urlsplit(store)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    collection = parts.path.strip("/") if host else ""
    if not (store.startswith(SCHEME) and host and port and re.fullmatch(r"[A-Za-z_]\w{0,199}", collection, re.ASCII)):
        shown = re.sub(r"//.*@", "//", store)
        raise LibraryError(
            f"{shown!r} is no address of an archive: write milvus://HOST:PORT/COLLECTION (letters, digits and "
            "underscores), or the path of a .db file"
        )
    netloc = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return Address(f"http://{netloc}", collection, unquote(parts.username or ""), unquote(parts.password or ""))
