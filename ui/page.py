"""The running page: a way to open a library in, a web page at a printed address out.

The page appears before the library is open and the models are loaded. It holds until Ctrl-C. Whoever
can reach it from elsewhere can ask and read, nothing else.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from rag.errors import OnTheRecordError
from ui.desk import AnyLibrary, Desk
from ui.guard import LARGEST_UPLOAD, Doors, Guard, is_loopback
from ui.pace import Pace
from ui.sharing import LINK_LIFE, SharingFailed, new_password, open_link
from ui.visits import Visits

if TYPE_CHECKING:
    import gradio as gr

USER = "guest"
"""The user name that goes with the password."""
ATTENTION_SECONDS = 0.2
"""How often the program looks whether it was asked to end."""
MOST_SESSIONS = 1000
"""Visitors whose conversations are kept at the same time."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How the page is served."""

    host: str = "127.0.0.1"
    """A name or an address; of version 6 without brackets."""
    port: int | None = None
    """None: the first free one from 7860 on."""
    browser: bool = True
    """Whether to open a browser."""
    password: str | None = None
    """None: a new one where strangers may come by, none where they can't."""
    no_password: bool = False
    """Whether the page stays open to all even where strangers may come by."""
    share: bool = False
    """Whether to make a public link."""
    share_server: str | None = None
    """``HOST:PORT`` of one's own tunnel server."""

    @property
    def public(self) -> bool:
        """Whether others than this machine's user can reach the page."""
        return self.share or not is_loopback(self.host)


class CannotServe(OnTheRecordError):
    """The page can't be served as asked."""


def build_page(desk: Desk, options: ServeOptions) -> gr.Blocks:
    """Return the page for the library at ``desk``, not yet launched."""
    from ui.layout import layout

    editable = not options.public
    return layout(Visits(desk, Pace() if options.public else None, editable), editable)


def serve(open_library: Callable[[], AnyLibrary], options: ServeOptions) -> None:
    """Serve the page until Ctrl-C, printing its address on a line of its own once it listens.

    ``open_library`` is called in the background. Raises what it raises, and ``CannotServe`` when the
    host or the port can't be had; a public link that can't be made is only told.
    """
    with ExitStack() as closing:
        stop = closing.enter_context(_stopped_by_signals())
        running = closing.enter_context(run(open_library, options))
        print(running.address, flush=True)
        if elsewhere := network_address(options.host, running.port):
            print(f"From other computers of your network, unless a firewall forbids it: {elsewhere}", flush=True)
        if running.password:
            print(f"User name: {USER}\nPassword: {running.password}", flush=True)
        if options.share:
            print("Making a public link...", file=sys.stderr, flush=True)
            try:
                link = open_link(running.host, running.port, options.share_server)
            except SharingFailed as error:
                print(f"There is no public link: {error} The page above stays up.", file=sys.stderr, flush=True)
            else:
                closing.callback(link.close)
                running.doors.link = link.host
                print(f"Public link, {LINK_LIFE}:\n{link.address}", flush=True)
        if options.browser and _has_screen():
            webbrowser.open(running.address)
        while not stop.asked:
            time.sleep(ATTENTION_SECONDS)
            if running.desk.is_open:
                running.desk.wait()  # raises what opening the library raised


@dataclass(frozen=True, slots=True)
class Running:
    """A page that listens."""

    address: str
    host: str
    port: int
    password: str | None
    doors: Doors
    desk: Desk


@contextmanager
def run(open_library: Callable[[], AnyLibrary], options: ServeOptions) -> Iterator[Running]:
    """Run the page for the length of a ``with`` block. Raises ``CannotServe``."""
    _check_host(options.host)
    password = password_for(options)
    doors = Doors(password is not None, uploads=not options.public, addresses=not is_loopback(options.host))
    doors.hosts |= _own_names(options.host) if doors.addresses else {options.host.lower()}
    with tempfile.TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True) as folder:
        _prepare_environment(folder, options.host)
        listening = Event()

        def open_then() -> AnyLibrary:
            listening.wait()  # importing two big things at once would make the page late
            return open_library()

        desk = Desk(open_then)
        try:
            page = build_page(desk, options)
            _launch(page, options, password, doors)
            listening.set()
            try:
                address = str(page.local_url).rstrip("/")
                yield Running(address, page.server_name, page.server_port, password, doors, desk)
            finally:
                page.close(verbose=False)
        finally:
            listening.set()
            desk.close()


def _launch(page: gr.Blocks, options: ServeOptions, password: str | None, doors: Doors) -> None:
    from starlette.middleware import Middleware

    from ui.layout import fonts, head, theme

    try:
        page.launch(
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            server_name=_in_address(options.host),
            server_port=options.port,
            auth=(USER, password) if password else None,
            auth_message="Log in as <b>guest</b> with the password you were given.",
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            max_file_size=LARGEST_UPLOAD,
            state_session_capacity=MOST_SESSIONS,
            app_kwargs={"middleware": [Middleware(Guard, doors=doors)], "routes": [fonts()]},
            theme=theme(),
            head=head(),
        )
    except OSError as error:
        if _can_listen(options):
            raise CannotServe(
                f"The page didn't start in time on {options.host}: this computer may be busy. Try it again."
            ) from error
        ports = "any port from 7860 on" if options.port is None else f"port {options.port}"
        reason = "it is taken, or not open to you"
        raise CannotServe(
            f"The page can't listen on {options.host}, {ports}: {reason}. Choose another --port."
        ) from error
    except Exception as error:  # Gradio calls its page: a bare one, or whatever its client makes of proxies
        page.close(verbose=False)
        raise CannotServe(
            f"The page can't be served on {options.host}, since Gradio doesn't reach it there ({error}): see to the "
            "proxies that the environment names, or choose another --host."
        ) from error


def _can_listen(options: ServeOptions) -> bool:
    """Tell whether a port can be had: Gradio raises the same error where its server doesn't start in 5 seconds."""
    import socket

    from gradio.http_server import INITIAL_PORT_VALUE, LOCALHOST_NAME, TRY_NUM_PORTS

    def can_be_had(host: str, port: int) -> bool:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
        except (OSError, UnicodeError, OverflowError):
            return False
        return True

    first = INITIAL_PORT_VALUE if options.port is None else options.port
    ports = range(first, first + (TRY_NUM_PORTS if options.port is None else 1))
    # Gradio looks at its default address first, whatever the host.
    return any(can_be_had(LOCALHOST_NAME, port) and can_be_had(options.host, port) for port in ports)


def _check_host(host: str) -> None:
    """Raise ``CannotServe`` for an address that isn't this computer's; the web server would try it on each port."""
    import socket

    reason = "it has none"
    try:
        found = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    for family, kind, protocol, _, address in found:
        try:
            with socket.socket(family, kind, protocol) as trial:
                trial.bind(address)
                return
        except OSError as error:
            reason = error.strerror or str(error)
    raise CannotServe(
        f"{host or 'That'} is no address of this computer that the page can listen on ({reason}): name another --host."
    )


def password_for(options: ServeOptions) -> str | None:
    """Return the password visitors need: the owner's, a new one where strangers may come by, or None."""
    if options.no_password:
        return None
    if options.password is not None:
        return options.password
    return new_password() if options.public else None


def _prepare_environment(folder: str, host: str) -> None:
    """Keep uploads in ``folder``, Gradio's figures off, and its own calls to this machine off any proxy."""
    os.environ["GRADIO_TEMP_DIR"] = folder
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Gradio's figures on its own queue: nobody reads them, and they cost a pandas import and a sum per event.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    for name in ("NO_PROXY", "no_proxy"):
        here = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*here, "localhost", "127.0.0.1", host]))


def _own_names(host: str) -> set[str]:
    import socket

    names = {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
    return {name for name in names if name}


def _in_address(host: str) -> str:
    """Return a host as it stands in a web address, where IPv6 goes in brackets."""
    return f"[{host}]" if ":" in host else host


def network_address(host: str, port: int) -> str | None:
    """Return where others reach a page that listens on all of this computer's addresses; None where it can't be told.

    It is the address from which this computer itself would go out. Nothing is sent to find it.
    """
    import socket

    families = {"0.0.0.0": (socket.AF_INET, "192.0.2.1"), "::": (socket.AF_INET6, "2001:db8::1")}
    if host not in families:
        return None
    family, anywhere = families[host]
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as going_out:
            going_out.connect((anywhere, 9))
            own = str(going_out.getsockname()[0])
    except OSError:
        return None
    return None if own == host or is_loopback(own) else f"http://{_in_address(own)}:{port}"


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Stop:
    """Whether the program was asked to end.

    A plain flag that is looked at now and then: a lock may be held when a signal's handler wants it, and a
    signal that comes just before a thread begins to wait for an event doesn't wake it.
    """

    asked = False


@contextmanager
def _stopped_by_signals() -> Iterator[_Stop]:
    """Yield what Ctrl-C and a polite kill ask."""
    stop = _Stop()

    def end(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt  # the second time: whatever takes so long is left
        stop.asked = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
