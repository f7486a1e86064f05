"""A temporary public link: a local port in, the link's address out, or a line that says why there is none.

The tunnel is Gradio's. Gradio's own way to it waits for ever for a client that stays silent, so it runs
here in a thread with a time limit, after the local page is up.
"""

from __future__ import annotations

import secrets
import subprocess
import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from rag.errors import OnTheRecordError

if TYPE_CHECKING:
    from gradio.tunneling import Tunnel

LINK_SECONDS = 30.0
"""How long making a link may take."""
PASSWORD_BYTES = 18
LINK_LIFE = "until you stop this program, for a week at most"

_POLL_SECONDS = 0.1
_GRACE_SECONDS = 2.0


class SharingFailed(OnTheRecordError):
    """No public link could be made; the local page goes on."""


@dataclass(frozen=True, slots=True)
class Link:
    """A public link that leads to the local page until it is closed."""

    address: str
    tunnels: tuple[Tunnel, ...]

    @property
    def host(self) -> str:
        """The name the page is called by through the link."""
        return urlsplit(self.address).hostname or ""

    def close(self) -> None:
        """End the link."""
        for tunnel in self.tunnels:
            _end(tunnel)


def new_password() -> str:
    """Return a password that can't be guessed."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


def open_link(host: str, port: int, server: str | None, seconds: float = LINK_SECONDS) -> Link:
    """Make a public link to the page at ``host`` and ``port``.

    ``server`` is the ``HOST:PORT`` of one's own tunnel server, None for Gradio's. Raises
    ``SharingFailed`` when there is no link after ``seconds``, saying why.
    """
    from gradio import networking, tunneling

    own = server or networking.GRADIO_SHARE_SERVER_ADDRESS
    if own is not None and not is_server(own):
        raise SharingFailed(f"The share server must be given as HOST:PORT, not {own!r}.")
    before = len(tunneling.CURRENT_TUNNELS)
    outcome: list[str | Exception] = []

    given_up = Event()

    def make() -> None:
        try:
            outcome.append(networking.setup_tunnel(host, port, secrets.token_urlsafe(32), own, None))
        except Exception as error:  # a library's own class; the thread must say how it ended
            outcome.append(error)
        if given_up.is_set():  # nobody knows of a link that comes too late
            end_all()

    def end_all() -> None:
        for tunnel in tunneling.CURRENT_TUNNELS[before:]:
            _end(tunnel)

    Thread(target=make, name="link", daemon=True).start()
    reason = _wait(outcome, before, seconds)
    if reason is None and outcome and isinstance(outcome[0], str):
        return Link(_with_scheme(outcome[0], own is not None), tuple(tunneling.CURRENT_TUNNELS[before:]))
    given_up.set()
    end_all()
    raise SharingFailed(reason or _why(outcome[0]))


def _wait(outcome: list[str | Exception], before: int, seconds: float) -> str | None:
    """Wait for an outcome; return why there won't be one, None when there is."""
    from gradio import tunneling

    deadline = time.monotonic() + seconds
    while not outcome:
        if time.monotonic() > deadline:
            return f"The tunnel server gave no link within {seconds:g} seconds. Try again later, or --share-server."
        for tunnel in tunneling.CURRENT_TUNNELS[before:]:
            process = tunnel.proc
            if process is not None and process.poll() is not None:
                time.sleep(_POLL_SECONDS)  # its last words may hold the link or the reason
                if not outcome:
                    return f"The tunnel program ended at once, with exit code {process.returncode}."
        time.sleep(_POLL_SECONDS)
    return None


def _why(error: str | Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    cause = error.__cause__ if isinstance(error, Exception) else None
    last = lines[-1] if lines else type(error).__name__
    if cause is not None:
        last = f"{last} ({type(cause).__name__}: {cause})"
    return f"{last} Check the connection to the internet, or name a tunnel server with --share-server."


def _end(tunnel: Tunnel) -> None:
    process: subprocess.Popen[bytes] | None = tunnel.proc
    tunnel.proc = None  # Gradio's reader, if it still waits, stops at that
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_server(address: str) -> bool:
    """Tell whether ``address`` is a tunnel server's ``HOST:PORT``."""
    host, _, port = address.rpartition(":")
    return bool(host) and port.isdecimal() and 0 < int(port) < 65536


def _with_scheme(address: str, own_server: bool) -> str:
    """Return the address as a visitor opens it: https through Gradio's server, as told by one's own."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    scheme = (parts.scheme or "http") if own_server else "https"
    return urlunsplit(parts._replace(scheme=scheme))
