"""Who gets in and how far: hosts, origins, routes, the password, limits, and the public link."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from tests.ui.conftest import Served
from tests.ui.test_page import start
from ui.guard import LARGEST_CALL, Doors, is_loopback
from ui.pace import Pace
from ui.sharing import SharingFailed, new_password, open_link

GET_ROUTES = (
    "/config",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/app_id",
    "/gradio_api/user",
    "/gradio_api/queue/data?session_hash=a",
    "/gradio_api/heartbeat/abc",
    "/gradio_api/call/ask/abc",
    "/logout",
)
POST_ROUTES = (
    "/gradio_api/queue/join",
    "/gradio_api/call/ask",
    "/gradio_api/call/v2/ask",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)
SHUT_GET = (
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file/etc/passwd",
    "/file=/etc/passwd",
    "/gradio_api/proxy=http://127.0.0.1/",
    "/gradio_api/stream/a/b/1/playlist.m3u8",
    "/gradio_api/custom_component/a/b/c/d.js",
    "/gradio_api/deep_link",
    "/gradio_api/runs",
    "/gradio_api/token",
    "/gradio_api/mcp/",
    "/gradio_api/vibe-code",
    "/monitoring",
    "/monitoring/summary",
    "/docs",
    "/openapi.json",
)
SHUT_POST = (
    "/gradio_api/run/ask",
    "/gradio_api/run/predict",
    "/gradio_api/api/ask",
    "/gradio_api/component_server",
    "/gradio_api/process_recording",
    "/gradio_api/vibe-edit",
    "/gradio_api/stream/abc",
    "/gradio_api/mcp/",
)


@pytest.fixture
def web(local: Served) -> Iterator[httpx.Client]:
    """A program on the owner's own machine."""
    with httpx.Client(base_url=local.address, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def stranger(guarded: Served) -> Iterator[httpx.Client]:
    """A program without the password."""
    with httpx.Client(base_url=guarded.address, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def guest(guarded: Served) -> Iterator[httpx.Client]:
    """A program that has logged in."""
    with httpx.Client(base_url=guarded.address, trust_env=False, timeout=10) as client:
        answer = client.post("/login", data={"username": "guest", "password": "open sesame"})
        assert answer.status_code == 200
        token = next(value for name, value in client.cookies.items() if "unsecure" in name)
        name = next(name for name in client.cookies if "unsecure" in name)
        client.headers["cookie"] = f"{name}={token}"
        yield client


# ---- Which doors there are


@pytest.mark.parametrize("path", SHUT_GET)
def test_what_the_page_does_not_need_is_not_there(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize("path", SHUT_POST)
def test_what_the_page_does_not_need_can_not_be_called(web: httpx.Client, path: str) -> None:
    assert web.post(path, json={}).status_code == 404


@pytest.mark.parametrize("path", ["/static/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                                  "/onrecord/fonts/../page.py", "/onrecord/fonts/%2e%2e/page.py"])  # fmt: skip
def test_no_path_leads_out_of_the_pages_own_files(local: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", local.running.port), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert not answer.startswith(b"HTTP/1.1 200")
    assert b"root:" not in answer
    assert b"import" not in answer


def test_the_pages_own_fonts_are_served(web: httpx.Client) -> None:
    assert web.get("/onrecord/fonts/source-serif-4-latin-wght-normal.woff2").content[:4] == b"wOF2"


# ---- Other web sites


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "["])
def test_a_page_under_another_name_is_refused_so_that_rebinding_fails(web: httpx.Client, host: str) -> None:
    assert web.get("/config", headers={"host": host}).status_code in (400, 403)
    assert web.post("/gradio_api/queue/join", json={}, headers={"host": host}).status_code in (400, 403)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://", "http://[x", "", "://"]
)
def test_another_web_site_can_not_call_the_page(web: httpx.Client, origin: str) -> None:
    assert web.post("/gradio_api/queue/join", json={}, headers={"origin": origin}).status_code == 403


def test_nor_can_the_page_of_another_program_on_this_machine(web: httpx.Client, local: Served) -> None:
    for other in ("http://localhost", "http://127.0.0.1:1", f"http://localhost:{local.running.port}"):
        assert web.post("/gradio_api/queue/join", json={}, headers={"origin": other}).status_code == 403
    own = web.post("/gradio_api/reset", json={}, headers={"origin": local.address})
    assert own.status_code not in (403, 404)


def test_a_visitor_of_the_public_link_is_let_in_whatever_the_tunnel_calls_the_page(
    web: httpx.Client, local: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reset(origin: str) -> int:
        return web.post("/gradio_api/reset", json={}, headers={"origin": origin}).status_code

    assert reset("https://abc.example") == 403
    monkeypatch.setattr(local.running.doors, "link", "abc.example")
    assert reset("https://abc.example") not in (403, 404)
    assert reset("https://abc.example:81") == reset("https://evil.example") == 403


def test_through_a_proxy_the_page_is_called_by_the_name_that_visitors_use(web: httpx.Client) -> None:
    forwarded = {"origin": "http://localhost:8080", "x-forwarded-host": "localhost:8080"}
    assert web.get("/config", headers=forwarded).status_code == 200


def test_a_forwarded_host_can_not_send_visitors_elsewhere(web: httpx.Client) -> None:
    assert web.get("/", headers={"x-forwarded-host": "evil.example"}).status_code == 403


def test_the_page_tells_browsers_to_stay_on_this_host(web: httpx.Client) -> None:
    headers = web.get("/").headers
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_names_and_addresses_are_told_apart() -> None:
    here = Doors(password=False, uploads=True)
    assert here.knows("localhost:7860")
    assert here.knows("[::1]:7860")
    assert not here.knows("192.168.1.7:7860")
    network = Doors(password=True, uploads=False, addresses=True)
    assert network.knows("192.168.1.7:7860")
    assert not network.knows("evil.example")
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")


# ---- The password


@pytest.mark.parametrize("path", [*GET_ROUTES, *SHUT_GET])
def test_without_the_password_nothing_can_be_read(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code in (401, 404)


@pytest.mark.parametrize("path", [*POST_ROUTES, *SHUT_POST, "/gradio_api/upload"])
def test_without_the_password_nothing_can_be_called(stranger: httpx.Client, path: str) -> None:
    body = {"data": ["Why?"], "fn_index": 0, "session_hash": "a"}
    assert stranger.post(path, json=body).status_code in (401, 404)


def test_the_login_page_tells_nothing_of_the_interviews(stranger: httpx.Client) -> None:
    shown = stranger.get("/").text
    assert "auth_required" in shown
    assert "Marta Vale" not in shown


def test_with_the_password_a_guest_reads_and_asks_but_uploads_nothing(guest: httpx.Client) -> None:
    assert guest.get("/config").status_code == 200
    answer = guest.post("/gradio_api/call/ask", json={"data": ["Which apples survive?", None, None]})
    assert answer.status_code == 200
    files = {"files": ("a.txt", b"A: B?", "text/plain")}
    assert guest.post("/gradio_api/upload", files=files).status_code == 404


def test_a_guests_page_offers_no_way_to_add_or_correct(guest: httpx.Client) -> None:
    shown = guest.get("/config").json()
    assert not any(c["props"].get("elem_id") == "add" and c["props"]["visible"] for c in shown["components"])
    targets = [str(dependency["targets"]) for dependency in shown["dependencies"]]
    ways = ("upload", "set_roles", "add_address")
    assert not any(way in target for target in targets for way in ways)


def test_guessing_passwords_soon_has_to_wait(guarded: Served) -> None:
    guarded.running.doors.logins = Pace(at_once=3, a_minute=1)
    with httpx.Client(base_url=guarded.address, trust_env=False) as guesser:
        tries = [guesser.post("/login", data={"username": "guest", "password": str(i)}) for i in range(5)]
    guarded.running.doors.logins = Pace(at_once=1000, a_minute=1000)
    assert [answer.status_code for answer in tries] == [400, 400, 400, 429, 429]


def test_who_guesses_under_many_addresses_has_to_wait_too(guarded: Served) -> None:
    guarded.running.doors.all_logins = Pace(at_once=3, a_minute=1)
    with httpx.Client(base_url=guarded.address, trust_env=False) as guesser:
        addresses = [{"x-forwarded-for": f"9.9.9.{i}"} for i in range(5)]
        tries = [guesser.post("/login", data={"username": "guest", "password": "x"}, headers=h) for h in addresses]
    guarded.running.doors.all_logins = Pace(at_once=1000, a_minute=1000)
    assert [answer.status_code for answer in tries] == [400, 400, 400, 429, 429]


def test_a_wrong_password_is_refused(stranger: httpx.Client) -> None:
    assert stranger.post("/login", data={"username": "guest", "password": "open"}).status_code == 400


# ---- Sizes


def test_a_call_that_is_far_too_big_is_refused_unread(web: httpx.Client) -> None:
    assert web.post("/gradio_api/queue/join", content=b"x" * (LARGEST_CALL + 1)).status_code == 413


def test_a_call_of_unknown_length_is_refused(web: httpx.Client) -> None:
    assert web.post("/gradio_api/queue/join", content=iter([b"{}"])).status_code == 411


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/login"])
def test_a_call_in_chunks_is_refused_whatever_length_it_tells(local: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", local.running.port), timeout=10) as raw:
        raw.sendall(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 3\r\n"
            'Transfer-Encoding: chunked\r\n\r\n8\r\n{"a": 1}\r\n0\r\n\r\n'.encode()
        )
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 411 ")


def test_a_visitors_allowance_fills_again() -> None:
    now = [0.0]
    pace = Pace(at_once=2, a_minute=60, now=lambda: now[0])
    assert [pace.seconds_to_wait("a") for _ in range(3)] == [0, 0, 1]
    assert pace.seconds_to_wait("b") == 0
    now[0] = 1.0
    assert pace.seconds_to_wait("a") == 0


# ---- The public link


def tunnel_client(folder: Path, script: str) -> str:
    """Write a program that stands for Gradio's tunnel client; return its path."""
    program = folder / "client"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def stub_tunnel(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of our own where Gradio looks for its tunnel client."""
    from gradio import tunneling

    monkeypatch.setattr(tunneling, "BINARY_PATH", tunnel_client(folder, script))


def start_shared(client: str) -> subprocess.Popen[str]:
    """Start a page with a public link, in a process of its own, with ``client`` for Gradio's tunnel client."""
    return start(
        "from gradio import tunneling",
        f"tunneling.BINARY_PATH = {client!r}",
        "serve(FakeLibrary, ServeOptions(browser=False, share=True, share_server='127.0.0.1:1'))",
    )


def test_a_link_is_made_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_tunnel(tmp_path, monkeypatch, 'echo "start proxy success: http://abc.example:8080"; exec sleep 60')
    link = open_link("127.0.0.1", 7860, "tunnel.example:7000", seconds=10)
    assert link.address == "http://abc.example:8080"
    assert link.host == "abc.example"
    program = link.tunnels[0].proc
    assert program is not None
    link.close()
    assert program.poll() is not None


def test_a_tunnel_that_stays_silent_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_tunnel(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(SharingFailed, match="no link within 1 seconds"):
        open_link("127.0.0.1", 7860, "tunnel.example:7000", seconds=1)


def test_a_link_that_comes_too_late_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from gradio import networking, tunneling

    began: list[subprocess.Popen[bytes]] = []

    def slow(*_: object) -> str:
        time.sleep(1)
        began.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        monkeypatch.setattr(tunneling, "CURRENT_TUNNELS", [*tunneling.CURRENT_TUNNELS, SimpleNamespace(proc=began[0])])
        return "http://late.example"

    monkeypatch.setattr(networking, "setup_tunnel", slow)
    with pytest.raises(SharingFailed, match="no link within"):
        open_link("127.0.0.1", 7860, "tunnel.example:7000", seconds=0.2)
    assert next(thread for thread in threading.enumerate() if thread.name == "link").join(10) is None
    assert began[0].wait(10) != 0


def test_a_tunnel_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_tunnel(tmp_path, monkeypatch, 'echo "login to server failed: no route to host"; exec sleep 60')
    with pytest.raises(SharingFailed, match="no route to host"):
        open_link("127.0.0.1", 7860, "tunnel.example:7000", seconds=10)


def test_a_tunnel_program_that_ends_is_noticed_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_tunnel(tmp_path, monkeypatch, "exit 3")
    with pytest.raises(SharingFailed, match="exit code 3"):
        open_link("127.0.0.1", 7860, "tunnel.example:7000", seconds=60)


@pytest.mark.parametrize("server", ["tunnel.example", "tunnel.example:port", ":7000", "tunnel.example:0"])
def test_a_share_server_must_be_a_host_and_a_port(server: str) -> None:
    with pytest.raises(SharingFailed, match="HOST:PORT"):
        open_link("127.0.0.1", 7860, server)


def test_passwords_are_long_and_never_the_same() -> None:
    words = {new_password() for _ in range(100)}
    assert len(words) == 100
    assert min(map(len, words)) >= 24


RELAY = """
import socket, sys, threading
port = int(sys.argv[sys.argv.index("-l") + 1])
server = socket.create_server(("127.0.0.1", 0))
print(f"start proxy success: http://localhost:{server.getsockname()[1]}", flush=True)
def pump(a, b):
    while data := a.recv(65536):
        b.sendall(data)
    b.close()
while True:
    client, _ = server.accept()
    page = socket.create_connection(("127.0.0.1", port))
    threading.Thread(target=pump, args=(client, page), daemon=True).start()
    threading.Thread(target=pump, args=(page, client), daemon=True).start()
"""


def test_a_shared_page_prints_its_link_and_password_and_serves_through_the_tunnel(tmp_path: Path) -> None:
    (tmp_path / "relay.py").write_text(RELAY)
    client = tunnel_client(tmp_path, f'exec {sys.executable} -u {tmp_path / "relay.py"} "$@"')
    with start_shared(client) as process:
        assert process.stdout is not None
        printed = ""
        while not (found := re.search(r"Public link[^\n]*\n(http://localhost:\d+)\n", printed)):
            line = process.stdout.readline()
            assert line, printed
            printed += line
        password = re.search(r"Password: (\S+)", printed)
        assert password is not None
        with httpx.Client(base_url=found[1], trust_env=False, timeout=10) as visitor:
            assert visitor.get("/config").status_code == 401
            login = visitor.post("/login", data={"username": "guest", "password": password[1]})
            assert login.status_code == 200
            cookie = next(c for c in login.headers.get_list("set-cookie") if "unsecure" in c).split(";")[0]
            assert visitor.get("/config", headers={"cookie": cookie}).status_code == 200
            assert visitor.get("/config", headers={"cookie": cookie, "host": "evil.example"}).status_code == 403
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(found[1], trust_env=False, timeout=2)


def test_when_no_link_can_be_made_the_local_page_stays_up(tmp_path: Path) -> None:
    client = tunnel_client(tmp_path, 'echo "login to server failed: connection refused"; exec sleep 60')
    with start_shared(client) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        told = ""
        deadline = time.monotonic() + 60
        while "no public link" not in told and time.monotonic() < deadline:
            told += process.stderr.readline()
        assert "connection refused" in told
        assert "stays up" in told
        assert httpx.get(f"{address}/", trust_env=False).status_code == 200
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0
