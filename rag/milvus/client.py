"""A connection to Milvus: the only module that knows pymilvus, and what its errors mean to a person.

In: an address, collections to make, rows, filters. Out: rows and hits. A cluster and milvus-lite, which
keeps an archive in a file on this machine, are the same client with another address.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rag.errors import LibraryError
from rag.milvus.address import Address

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pymilvus import MilvusClient

CONNECT_SECONDS = 10.0
CALL_SECONDS = 120.0
MOST = 16_384
"""Milvus gives no more rows or hits at once."""
AT_ONCE = 256
"""Rows written at once: some 2 MB."""

Row = dict[str, Any]
"""A row of a collection: column and value, as pymilvus has them."""
Kind = Literal["number", "text", "name"]
"""A text is up to 65,535 bytes long, a name up to 64."""
LONGEST = {"text": 65_535, "name": 64}
Consistency = Literal["Strong", "Session"]
READING: Consistency = "Session"
"""Sees what this client has written, and what others have within a moment."""
PLANNING: Consistency = "Strong"
"""Sees whatever anybody has written: waits a fraction of a second on a cluster."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What differs between milvus-lite and a cluster."""

    dense_index: str
    tokenizer: str
    """Splits stems at spaces; milvus-lite knows one tokenizer, to which they are words too."""
    counts_by_filter: bool
    """Whether an index counts the rows that hold a word, or each row is read for it."""
    flush_after: int | None
    """milvus-lite searches quickly only what is flushed; a cluster flushes by itself."""


LITE = Engine("FLAT", "standard", counts_by_filter=False, flush_after=250)
CLUSTER = Engine("AUTOINDEX", "whitespace", counts_by_filter=True, flush_after=None)


@dataclass(frozen=True, slots=True)
class Columns:
    """A collection's scalar columns: the first is the key, ``indexed`` can be filtered by quickly."""

    kinds: Mapping[str, Kind]
    indexed: tuple[str, ...]
    dimension: int
    """Of the column ``vector``, which every collection has."""
    words: str = ""
    """The column whose words are indexed for BM25, if any."""


class Milvus:
    """A server's collections. Every error is a ``LibraryError`` of one line that names the archive."""

    def __init__(self, address: Address) -> None:
        """Connect.

        Raises:
            LibraryError: pymilvus isn't installed, or nothing answers there.
        """
        self.address = address
        self._client = _connected(address)
        try:
            with self._explained():
                lite = self._client.get_server_version().startswith("milvus_lite")
        except BaseException:
            self.close()
            raise
        self.engine = LITE if lite else CLUSTER

    def has(self, collection: str) -> bool:
        """Tell whether there is such a collection."""
        with self._explained():
            return bool(self._client.has_collection(collection, timeout=CALL_SECONDS))

    def open(self, collection: str) -> None:
        """Have a collection ready to be searched."""
        with self._explained():
            self._client.load_collection(collection, timeout=CALL_SECONDS)

    def names(self) -> list[str]:
        """Return all collections' names."""
        with self._explained():
            return list(self._client.list_collections(timeout=CALL_SECONDS))

    def create(self, collection: str, columns: Columns) -> None:
        """Make a collection, if it isn't there, and have it ready."""
        from pymilvus import DataType, Function, FunctionType

        types = {"number": DataType.INT64, "text": DataType.VARCHAR, "name": DataType.VARCHAR}
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        index = self._client.prepare_index_params()
        for n, (name, kind) in enumerate(columns.kinds.items()):
            settings: Row = {"max_length": LONGEST[kind]} if kind in LONGEST else {}
            if name == columns.words:
                tokenizer = {"tokenizer": self.engine.tokenizer}
                settings |= {"enable_analyzer": True, "enable_match": True, "analyzer_params": tokenizer}
            schema.add_field(name, types[kind], is_primary=n == 0, **settings)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=columns.dimension)
        index.add_index("vector", index_type=self.engine.dense_index, metric_type="IP")
        if columns.words:
            schema.add_field("weights", DataType.SPARSE_FLOAT_VECTOR)
            function = Function("bm25", FunctionType.BM25, [columns.words], ["weights"])
            schema.add_function(function)
            bm25 = {"bm25_k1": 1.2, "bm25_b": 0.75}
            index.add_index("weights", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=bm25)
        for name in columns.indexed:
            index.add_index(name, index_type="INVERTED")
        with self._explained():
            if not self.has(collection):
                self._client.create_collection(
                    collection, schema=schema, consistency_level=READING, timeout=CALL_SECONDS
                )
                # Nothing to index yet: waiting for each index would take half a second.
                self._client.create_index(collection, index, timeout=CALL_SECONDS, sync=False)
            self.open(collection)

    def drop(self, collection: str) -> None:
        """Delete a collection."""
        with self._explained():
            self._client.drop_collection(collection, timeout=CALL_SECONDS)

    def insert(self, collection: str, rows: Sequence[Row]) -> None:
        """Write new rows, some hundred at once."""
        with self._explained():
            for start in range(0, len(rows), AT_ONCE):
                self._client.insert(collection, list(rows[start : start + AT_ONCE]), timeout=CALL_SECONDS)

    def put(self, collection: str, row: Row) -> None:
        """Write a row over the one with its key."""
        with self._explained():
            self._client.upsert(collection, [row], timeout=CALL_SECONDS)

    def delete(self, collection: str, where: str) -> None:
        """Delete the rows that a filter picks."""
        with self._explained():
            self._client.delete(collection, filter=where, timeout=CALL_SECONDS)

    def flush(self, collection: str) -> None:
        """Seal what was written, so that it is searched quickly."""
        with self._explained():
            self._client.flush(collection, timeout=CALL_SECONDS)

    def query(
        self, collection: str, where: str, columns: Sequence[str], consistency: Consistency = READING
    ) -> list[Row]:
        """Return the rows that a filter picks, however many."""
        with self._explained():
            found = self._client.query(
                collection,
                filter=where,
                output_fields=list(columns),
                limit=MOST,
                consistency_level=consistency,
                timeout=CALL_SECONDS,
            )
            if len(found) < MOST:
                return list(found)
            # pymilvus gives an iterator no consistency of its own; the query above has waited for what was written.
            pages = self._client.query_iterator(
                collection,
                batch_size=MOST // 4,
                filter=where,
                output_fields=list(columns),
                timeout=CALL_SECONDS,
            )
            every: list[Row] = []
            try:
                while page := pages.next():
                    every += page
            finally:
                pages.close()
            return every

    def count(self, collection: str, where: str) -> int:
        """Return how many rows a filter picks."""
        with self._explained():
            found = self._client.query(collection, filter=where, output_fields=["count(*)"], timeout=CALL_SECONDS)
            return int(found[0]["count(*)"])

    def nearest(
        self, collection: str, vector: NDArray[np.float32], limit: int, where: str, columns: Sequence[str]
    ) -> list[tuple[float, Row]]:
        """Return (inner product, row) of the rows nearest to a vector, best first."""
        return self._search(collection, "vector", vector.tolist(), limit, where, columns)

    def matching(
        self, collection: str, words: str, limit: int, where: str, columns: Sequence[str]
    ) -> list[tuple[float, Row]]:
        """Return (Milvus's own BM25, row) of the rows that hold the words best, best first."""
        return self._search(collection, "weights", words, limit, where, columns)

    def close(self) -> None:
        """Let go of the connection."""
        try:
            self._client.close()
        finally:
            if self.address.is_file:
                _leave(self.address.server)

    def _search(
        self, collection: str, column: str, wanted: object, limit: int, where: str, columns: Sequence[str]
    ) -> list[tuple[float, Row]]:
        with self._explained():
            found = self._client.search(
                collection,
                data=[wanted],
                anns_field=column,
                limit=min(limit, MOST),
                filter=where,
                output_fields=list(columns),
                consistency_level=READING,
                timeout=CALL_SECONDS,
            )
        return [(float(hit["distance"]), hit["entity"]) for hit in found[0]]

    @contextmanager
    def _explained(self) -> Iterator[None]:
        with explained(self.address):
            yield


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turn pymilvus's errors into the library's own, each of one line."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except MilvusException as error:
        raise LibraryError(f"the archive {address} can't be used: {_line(error.message)}") from error
    except (grpc.RpcError, OSError) as error:
        raise LibraryError(f"the archive {address} does not answer: {_line(str(error))}") from error


_open_files: dict[str, int] = {}
_opening = threading.Lock()


def _connected(address: Address) -> MilvusClient:
    try:
        import grpc
        from pymilvus import MilvusClient
        from pymilvus.exceptions import MilvusException
    except ImportError as error:
        raise LibraryError("an archive in Milvus needs an extra: pip install 'onrecord[milvus]'") from error
    in_file = address.is_file
    if in_file:
        _enter(address)
    try:
        return MilvusClient(uri=address.server, user=address.user, password=address.password, timeout=CONNECT_SECONDS)
    except BaseException as error:
        if in_file:
            _leave(address.server)
        if not isinstance(error, MilvusException | grpc.RpcError | OSError):
            raise
        if in_file:
            raise LibraryError(
                f"{address} can't be opened: another process has it open, or it is no archive of milvus-lite"
            ) from error
        raise LibraryError(f"no Milvus answers at {address}: check the address, and that it runs") from error


def _enter(address: Address) -> None:
    """Count who uses a file in this process: all share one milvus-lite, which ends with the last of them."""
    try:
        import milvus_lite  # noqa: F401
    except ImportError as error:
        raise LibraryError("an archive in a .db file needs an extra: pip install 'onrecord[milvus]'") from error
    if not Path(address.server).parent.is_dir():
        raise LibraryError(f"{address} can't be made: there is no folder {Path(address.server).parent}")
    with _opening:
        _open_files[address.server] = _open_files.get(address.server, 0) + 1


def _leave(path: str) -> None:
    from milvus_lite.server_manager import server_manager_instance

    with _opening:
        _open_files[path] -= 1
        if _open_files[path] == 0:
            server_manager_instance.release_server(path)


def _line(message: str) -> str:
    return " ".join(message.split())[:300]
