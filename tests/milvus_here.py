"""A milvus-lite on this machine, for tests: one server for all, and a collection of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_numbers = count()


@contextmanager
def milvus_server(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port; yield the server's address, or skip the test where milvus-lite isn't there."""
    pytest.importorskip("pymilvus", reason="pymilvus isn't installed: pip install 'onrecord[milvus]'")
    server_module = pytest.importorskip(
        "milvus_lite.adapter.grpc.server", reason="milvus-lite isn't installed: pip install 'onrecord[milvus]'"
    )
    server, database, port = server_module.start_server_in_thread(str(folder / "milvus"))
    yield f"milvus://127.0.0.1:{port}"
    server.stop(grace=0).wait()
    database.close()


def fresh(server: str) -> str:
    """Return the address of an archive that isn't there yet."""
    return f"{server}/archive_{next(_numbers)}"
