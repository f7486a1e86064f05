"""Pages are fetched within limits of time and size, and never from the local network unasked."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag.errors import FetchError
from rag.parsing import fetch as module
from rag.parsing.fetch import Fetched, fetch

PAGE = b"<html><body><p>Why? Because.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small site with the misbehaviour of large ones."""

    def do_GET(self) -> None:
        """Answer by path."""
        match self.path.strip("/").split("/"):
            case ["story"]:
                self.reply(PAGE, "text/html; charset=utf-8")
            case ["host"]:
                self.reply(self.headers["Host"].encode(), "text/plain")
            case ["redirect", target]:
                self.redirect("/" + target)
            case ["away", scheme, host]:
                self.redirect(f"{scheme}://{host}/")
            case ["loop"]:
                self.redirect("/loop")
            case ["large"]:
                self.reply(b"x" * 5000, "text/html")
            case ["bomb"]:
                self.reply(gzip.compress(b"x" * 5000), "text/html", coding="gzip")
            case ["packed"]:
                self.reply(gzip.compress(PAGE), "text/html", coding="gzip")
            case ["brotli"]:
                self.reply(PAGE, "text/html", coding="br")
            case ["sound"]:
                self.reply(b"ID3", "audio/mpeg")
            case ["status", number]:
                self.send_error(int(number))
            case ["drip"]:
                self.drip()
            case _:
                self.send_error(404)

    def reply(self, body: bytes, kind: str, coding: str | None = None) -> None:
        """Send a whole answer."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, target: str) -> None:
        """Send elsewhere."""
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """Send one header after another, for ever."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(100):
                self.wfile.write(b"X-%d: y\r\n" % n)
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_with_its_address_and_kind(site: str) -> None:
    fetched = fetch(f"{site}/story", allow_private=True)
    assert (fetched.data, fetched.url, fetched.content_type) == (PAGE, f"{site}/story", "text/html")


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("https://az.example/news/story", "text/html", "story.html"),
        ("https://az.example/story.php?id=7", "text/html", "story.html"),
        ("https://az.example/", "text/html", "az.example.html"),
        ("https://az.example/talk.pdf", "application/pdf", "talk.pdf"),
        ("https://az.example/talk.srt", "text/plain", "talk.srt"),
        ("https://az.example/talk.vtt", "application/octet-stream", "talk.vtt"),
        ("https://az.example/a%2F..%2Ftalk", "", "talk"),
    ],
)
def test_the_name_of_what_was_fetched_tells_its_format(url: str, kind: str, name: str) -> None:
    assert Fetched(b"", url, kind).name == name


def test_redirects_are_followed_to_the_address_they_end_at(site: str) -> None:
    assert fetch(f"{site}/redirect/story", allow_private=True).url == f"{site}/story"


def test_the_server_is_asked_by_its_name_at_the_address_that_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [entry]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    fetched = fetch(f"http://news.example:{port}/host", allow_private=True)
    assert fetched.data == f"news.example:{port}".encode()
    assert asked[0] == "news.example"
    assert "news.example" not in asked[1:]  # a second look-up could get another answer


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:192.168.1.1",
        "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_of_the_local_network_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80)), (family, 1, 6, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(FetchError, match="local network"):
        fetch("http://news.example/story")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_addresses_of_the_open_network_are_not(address: str) -> None:
    assert module._public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "127.1", "user@127.0.0.1"])
def test_every_way_of_writing_this_machine_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match=r"local network|unknown here|can.t be fetched"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/", "gopher://x/", "story", "", "http://"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(url)
    assert "\n" not in str(error.value)


def test_a_redirect_is_checked_like_the_first_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FetchError, match="no web address"):
        fetch(f"{site}/away/file/x", allow_private=True)
    real = module._public
    monkeypatch.setattr(module, "_public", lambda a: str(a) == "127.0.0.1" or real(a))
    with pytest.raises(FetchError, match=r"local network \(127\.0\.0\.2\)"):
        fetch(f"{site}/away/http/127.0.0.2")


@pytest.mark.parametrize(
    ("path", "complaint"),
    [("nowhere", "404"), ("loop", "redirects more than"), ("sound", "audio/mpeg"), ("brotli", "compression")],
)
def test_answers_that_are_no_page_are_told(site: str, path: str, complaint: str) -> None:
    with pytest.raises(FetchError, match=complaint):
        fetch(f"{site}/{path}", allow_private=True)


def test_compression_that_was_not_asked_for_is_undone(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).data == PAGE


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_too_much_is_refused_packed_or_not(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{site}/{path}", allow_private=True)


def test_a_server_that_drips_does_not_hold_us_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 0.3)
    with pytest.raises(FetchError, match="takes longer than"):
        fetch(f"{site}/drip", allow_private=True)


@pytest.mark.parametrize(
    ("status", "advice"), [(403, "save the page in your browser and add the file"), (404, "check the address")]
)
def test_an_answer_that_is_an_error_is_told_with_what_to_do(site: str, status: int, advice: str) -> None:
    with pytest.raises(FetchError, match=rf"answers {status} [\w ]+; {advice}$"):
        fetch(f"{site}/status/{status}", allow_private=True)


def test_where_one_address_can_not_be_connected_to_the_next_is_tried(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    assert fetch(f"http://news.example:{port}/story", allow_private=True).data == PAGE


def test_addresses_of_both_versions_are_tried_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    from httpx import URL

    six, four = [f"2606:2800:21f::{n}" for n in range(1, 6)], ["93.184.215.14", "93.184.215.15"]
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in (*six, six[0], *four)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    tried = module._addresses(URL("http://news.example/"), allow_private=False)
    assert [str(address) for address in tried] == [six[0], *four, six[1]]


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match=r"can't be fetched: .*; try again, or save the page"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)
