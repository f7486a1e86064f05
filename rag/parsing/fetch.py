"""A web address to the bytes behind it, within limits of time, size and place.

In: an http or https address. Out: ``Fetched``. Addresses of this machine and of its local network are
refused unless asked for: every name is looked up here, every address it has is checked, and the
connection goes to a checked address, at each redirect anew, so that a name can't change its meaning
between the check and the connection. Proxies named in the environment are not used, for the same reason.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from rag.errors import FetchError

if TYPE_CHECKING:
    from httpx import URL, Client, Response

MAX_BYTES: Final = 20 * 2**20
"""The largest page or file we fetch, also after unpacking."""

MAX_SECONDS: Final = 30.0
"""The longest that a fetch may take, redirects and all."""

MAX_SILENCE: Final = 10.0
"""The longest we wait for a connection, or for the next bytes, in seconds."""

MAX_REDIRECTS: Final = 5

MAX_ADDRESSES: Final = 4
"""How many of a name's addresses are tried."""

_CHUNK: Final = 64 * 2**10
_GONE: Final = frozenset({404, 410})
_SAVE_IT: Final = "save the page in your browser and add the file"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_HEADERS: Final = {
    "User-Agent": "onrecord/0.1 (reads one interview for its user)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5",
    # Unpacked sizes are bounded below; most servers then send the page as it is.
    "Accept-Encoding": "identity",
}
_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/json": ".json",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "text/markdown": ".md",
}
"""What servers say clearly; text/plain may be anything, so there the address's own ending counts."""

_SOUND_AND_VISION: Final = ("audio/", "video/", "image/", "font/")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address holds."""

    data: bytes
    url: str
    """The address it came from in the end, after redirects."""
    content_type: str
    """As the server says, in small letters, without parameters; empty where it doesn't say."""

    @property
    def name(self) -> str:
        """A file name for it, whose ending tells the format where the server does."""
        path = PurePosixPath(unquote(urlsplit(self.url).path).replace("\\", "/"))
        ending = _ENDINGS.get(self.content_type, "")
        stem = path.stem if ending or not path.suffix else path.name
        return (stem or urlsplit(self.url).hostname or "page") + ending


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """Fetch what is behind ``url``.

    Args:
        url: An http or https address.
        allow_private: Fetch from this machine and its local network as well.

    Raises:
        FetchError: the address is of another kind, private, can't be reached, answers with an error, or
            what it holds is a recording or larger than ``MAX_BYTES``, or takes longer than ``MAX_SECONDS``.
    """
    # In a thread, so that neither a slow name server nor a server that drips its headers holds us up. It
    # ends by its own limits, and being a daemon it doesn't keep the program from ending.
    outcome: queue.SimpleQueue[Fetched | FetchError] = queue.SimpleQueue()
    deadline = time.monotonic() + MAX_SECONDS
    threading.Thread(target=_fetch, args=(url, allow_private, deadline, outcome), daemon=True).start()
    try:
        found = outcome.get(timeout=MAX_SECONDS)
    except queue.Empty:
        raise _too_slow(url) from None
    if isinstance(found, FetchError):
        raise found
    return found


def _fetch(url: str, allow_private: bool, deadline: float, outcome: queue.SimpleQueue[Fetched | FetchError]) -> None:
    from httpx import Client, HTTPError, InvalidURL, Timeout

    try:
        with Client(headers=_HEADERS, timeout=Timeout(MAX_SILENCE), trust_env=False) as client:
            outcome.put(_followed(client, url, allow_private, deadline))
    except FetchError as error:
        outcome.put(error)
    except (HTTPError, InvalidURL, OSError, ValueError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        advice = f"try again, or {_SAVE_IT}" if isinstance(error, (HTTPError, OSError)) else "check the address"
        outcome.put(FetchError(f"{url} can't be fetched: {why}; {advice}"))


def _followed(client: Client, url: str, allow_private: bool, deadline: float) -> Fetched:
    from httpx import URL

    here = URL(url)
    for _ in range(MAX_REDIRECTS + 1):
        response = _answer(client, here, _addresses(here, allow_private))
        try:
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                return _read(response, here, deadline)
            here = here.join(response.headers["location"])
        finally:
            response.close()
    raise FetchError(f"{url} redirects more than {MAX_REDIRECTS} times; give the address it ends at")


def _answer(client: Client, url: URL, addresses: Sequence[Address]) -> Response:
    """Ask at each address in turn until one can be connected to; return the answer, its body still to be read."""
    from httpx import ConnectError, ConnectTimeout, Timeout

    def ask(address: Address) -> Response:
        # The connection goes to the address that was checked; the name is kept for the server and its certificate.
        request = client.build_request(
            "GET",
            url.copy_with(host=str(address), username=None, password=None),
            headers={"Host": url.netloc.decode("ascii")},
            timeout=Timeout(MAX_SILENCE, connect=MAX_SILENCE / len(addresses)),
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        return client.send(request, stream=True)

    *others, last = addresses
    for address in others:
        try:
            return ask(address)
        except (ConnectError, ConnectTimeout):
            continue
    return ask(last)


def _addresses(url: URL, allow_private: bool) -> list[Address]:
    """Look up the host of ``url`` and return the addresses to try in turn; all of them may be connected to."""
    if url.scheme not in ("http", "https"):
        raise FetchError(f"{url} is no web address; give one that starts with http:// or https://")
    if not url.host:
        raise FetchError(f"{url} names no host; give an address such as https://example.org/interview")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError:
        raise FetchError(f"{url.host} is unknown here; check the address and the network") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    private = next((address for address in addresses if not _public(address)), None)
    if private is not None and not allow_private:
        raise FetchError(
            f"{url.host} is on this machine or its local network ({private}), which is refused without --allow-private"
        )
    # The best one, then those of the other version: a network often has a way for one of them alone.
    best = addresses[0]
    in_turn = sorted(dict.fromkeys(addresses), key=lambda a: (a != best, a.version == best.version))
    return in_turn[:MAX_ADDRESSES]


def _public(address: Address) -> bool:
    """Tell whether an address is of the open network, looking also into those that wrap another."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(inner is not None and not _public(inner) for inner in wrapped):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast


def _read(response: Response, url: URL, deadline: float) -> Fetched:
    if response.status_code != 200:
        advice = "check the address" if response.status_code in _GONE else _SAVE_IT
        raise FetchError(f"{url} answers {response.status_code} {response.reason_phrase}".rstrip() + f"; {advice}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith(_SOUND_AND_VISION):
        raise FetchError(f"{url} is {kind}; give the address of a transcript")
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_raw(_CHUNK):
        size += len(chunk)
        chunks.append(chunk)
        if size > MAX_BYTES:
            raise _too_large(url)
        if time.monotonic() > deadline:
            raise _too_slow(str(url))
    return Fetched(_unpacked(b"".join(chunks), response, url), str(url), kind)


def _unpacked(data: bytes, response: Response, url: URL) -> bytes:
    """Undo a compression we didn't ask for, up to the size limit."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return data
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} is sent in a compression we don't read ({coding}); save the page and add the file")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, by the first bytes
    try:
        unpacked = unpacker.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise FetchError(f"{url} is damaged on the way; try again, or save the page and add the file") from None
    if len(unpacked) > MAX_BYTES:
        raise _too_large(url)
    return unpacked


def _too_large(url: URL) -> FetchError:
    return FetchError(f"{url} is larger than {MAX_BYTES // 2**20} MB; save the transcript alone and add the file")


def _too_slow(url: str) -> FetchError:
    return FetchError(
        f"{url} takes longer than {MAX_SECONDS:.0f} seconds; try again, or save the page and add the file"
    )
