"""What of the web server may be reached, and from where: an ASGI middleware in front of Gradio.

Gradio serves files, component code, deep links, monitoring and more than this page needs. Here only
the routes that the page and ``gradio_client`` use pass; the host and the origin of a request must be
the page's own, so that no other web site can speak to it (DNS rebinding, forged forms); and with a
password, nothing but the login page is served to whoever has not logged in.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.pace import Pace

LARGEST_CALL = 256 * 1024
"""Bytes of a request's body, uploads excepted."""
LARGEST_UPLOAD = 50 * 1024 * 1024
LOGINS_AT_ONCE = 10
LOGINS_A_MINUTE = 6
LOGINS_OF_ALL = 60
"""Attempts to log in, at once and a minute, of all together: behind a tunnel, an address is what its sender says."""

_API = "/gradio_api"
_PUBLIC = re.compile(
    r"/(?:(?:assets|static|svelte|onrecord/fonts)/.+|theme\.css|favicon\.ico|manifest\.json|robots\.txt"
    r"|login/?|gradio_api/(?:startup-events|theme\.css|login_check/?))?"
)
_READ = re.compile(rf"/(?:config|logout)/?|{_API}/(?:info|app_id|user|openapi\.json)/?"
                   rf"|{_API}/(?:heartbeat/\w+|queue/data|call/\w+/\w+)")  # fmt: skip
_CALL = re.compile(rf"{_API}/(?:queue/join|call/(?:v2/)?\w+/?|cancel|reset)/?")
_UPLOAD = re.compile(rf"{_API}/upload(?:_progress)?")

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Gradio's own scripts need inline code and eval; no request leaves for another host."""
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(slots=True)
class Doors:
    """What is open to visitors."""

    password: bool
    """Whether visitors must log in."""
    uploads: bool
    """Whether files may be uploaded."""
    hosts: set[str] = field(default_factory=lambda: {"localhost", "127.0.0.1", "::1"})
    """Names the page may be called by."""
    link: str = ""
    """The public name, while there is a link: the page's alone."""
    addresses: bool = False
    """Whether any IP address will do as the host: then it listens to a network."""
    logins: Pace = field(default_factory=lambda: Pace(LOGINS_AT_ONCE, LOGINS_A_MINUTE))

    all_logins: Pace = field(default_factory=lambda: Pace(LOGINS_OF_ALL, LOGINS_OF_ALL))

    def knows(self, netloc: str) -> bool:
        """Tell whether ``netloc`` (``host`` or ``host:port``) is one of the page's names."""
        host = _host_of(netloc)
        return host in self.hosts or host == self.link != "" or (self.addresses and _is_address(host))


def _host_of(netloc: str) -> str:
    """Return the host without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` can be reached from this machine only."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware that lets through what ``Doors`` allows."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        """Stand in front of ``app``."""
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with a line that says why."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if refusal is None:
            await self._app(scope, receive, send_with_headers)
        else:
            status, line = refusal
            await JSONResponse({"detail": line}, status)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if not self._from_here(headers):
            return 403, "This page is not served under that name, or was called by another web site."
        path, method = scope["path"], scope["method"]
        public = bool(_PUBLIC.fullmatch(path)) and (method in ("GET", "HEAD") or path.rstrip("/") == "/login")
        if not public and not self._open(path, method):
            return 404, "There is nothing here."
        if not public and self._doors.password and not _logged_in(scope, headers):
            return 401, "Not authenticated"
        if method == "POST":
            return self._too_much(scope, headers, path)
        return None

    def _from_here(self, headers: Headers) -> bool:
        names = [headers.get("host", ""), *headers.getlist("x-forwarded-host")]
        if not all(self._doors.knows(name) for name in names):
            return False
        if "origin" not in headers:
            return True
        origin = headers["origin"].partition("://")[2].lower()
        # Name and port as the visitor calls the page: on another port of this machine is another program's page.
        # A tunnel may call the page by another name than the visitor does.
        return origin in map(str.lower, names) or origin == self._doors.link != ""

    def _open(self, path: str, method: str) -> bool:
        if _UPLOAD.fullmatch(path):
            return self._doors.uploads
        return bool((_READ if method in ("GET", "HEAD") else _CALL).fullmatch(path)) and method in (
            "GET",
            "HEAD",
            "POST",
        )

    def _too_much(self, scope: Scope, headers: Headers, path: str) -> tuple[int, str] | None:
        length = headers.get("content-length", "")
        # What comes in chunks is read to its end, whatever length is told beside it.
        if not length.isdecimal() or "transfer-encoding" in headers:
            return 411, "The request must say how long it is."
        if int(length) > (LARGEST_UPLOAD if _UPLOAD.fullmatch(path) else LARGEST_CALL):
            return 413, "That is more than this page takes."
        if path.rstrip("/") == "/login":
            client = scope.get("client") or ("",)
            wait = self._doors.logins.seconds_to_wait(client[0]) or self._doors.all_logins.seconds_to_wait("")
            if wait:
                return 429, f"Too many attempts to log in. Please wait {wait} seconds."
        return None


def _logged_in(scope: Scope, headers: Headers) -> bool:
    app = scope["app"]
    cookies = cookie_parser(headers.get("cookie", ""))
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(cookies.get(name) in app.tokens for name in names)
