"""The server of `make serve`: media types, compression, unknown addresses, ports, a quiet console."""

import gzip
import http.client
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_project import ROOT

from sitebuild.serve import main, make_server, port_problem

PAGE = "<!doctype html><title>Σ</title>" + "<p>text</p>" * 50


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site."""
    (tmp_path / "chapter").mkdir()
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "chapter" / "index.html").write_text("<p>chapter</p>")
    (tmp_path / "404.html").write_text("<p>no such page</p>")
    for name in (
        "a.js",
        "a.mjs",
        "a.wasm",
        "a.svg",
        "a.woff2",
        "a.json",
        "a.whl",
        "a.ipynb",
        "a.py",
        "a.odd",
    ):
        (tmp_path / name).write_bytes(b"content of " + name.encode())
    return tmp_path


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    """A port on which the small site is served."""
    with make_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the server for a path; returns status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.title(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/chapter/", "text/html; charset=utf-8"),
        ("/a.js", "text/javascript; charset=utf-8"),
        ("/a.mjs", "text/javascript; charset=utf-8"),
        ("/a.wasm", "application/wasm"),
        ("/a.svg", "image/svg+xml"),
        ("/a.woff2", "font/woff2"),
        ("/a.json", "application/json"),
        ("/a.whl", "application/zip"),
        ("/a.ipynb", "application/x-ipynb+json"),
        ("/a.py", "text/x-python; charset=utf-8"),
        ("/a.odd", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_media_types(port: int, path: str, media_type: str, encoding: str) -> None:
    status, headers, _ = ask(port, path, Accept_Encoding=encoding)
    assert (status, headers["Content-Type"]) == (200, media_type)


def test_text_is_compressed_for_who_accepts_it(port: int) -> None:
    _, headers, body = ask(port, "/", Accept_Encoding="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) == int(headers["Content-Length"]) < len(PAGE)
    assert gzip.decompress(body).decode() == PAGE
    _, headers, body = ask(port, "/")
    assert "Content-Encoding" not in headers
    assert body.decode() == PAGE


def test_what_is_compressed_already_is_sent_as_it_is(port: int) -> None:
    _, headers, body = ask(port, "/a.woff2", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers
    assert body == b"content of a.woff2"


def test_rebuilt_page_is_served_at_once(port: int, site: Path) -> None:
    ask(port, "/", Accept_Encoding="gzip")
    (site / "index.html").write_text("<p>rebuilt</p>")
    _, headers, body = ask(port, "/", Accept_Encoding="gzip")
    assert gzip.decompress(body) == b"<p>rebuilt</p>"
    assert headers["Cache-Control"] == "no-cache"


def test_unknown_address_shows_the_sites_own_page(port: int) -> None:
    status, _, body = ask(port, "/nowhere/")
    assert (status, body) == (404, b"<p>no such page</p>")
    assert ask(port, "/nowhere/", method="HEAD")[2] == b""


def test_nothing_outside_the_site_is_served(port: int, site: Path) -> None:
    (site.parent / "secret.txt").write_text("secret")
    assert ask(port, "/../secret.txt")[0] == 404
    assert ask(port, "/%2e%2e/secret.txt")[0] == 404


def test_folder_without_a_slash_is_redirected(port: int) -> None:
    status, headers, _ = ask(port, "/chapter")
    assert (status, headers["Location"]) == (301, "/chapter/")


def test_busy_port_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        assert port_problem(str(busy)) == (
            f"`PORT` (={busy}) can't be had (Address already in use); use another, e.g. PORT=8001"
        )
    assert port_problem(str(busy)) is None


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.5", "web", ""])
def test_port_that_is_none(port: str) -> None:
    assert (
        port_problem(port) == f"`PORT` (={port}) must be a whole number from 1 to 65535; use e.g. PORT=8001"
    )


def test_missing_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--directory", str(tmp_path), "--port", free_port()]) == 1
    assert capsys.readouterr().err == f"error: there is no site in {tmp_path}: build it with `make site`\n"


def free_port() -> str:
    """Find a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def break_off(port: int) -> None:
    """Begin a request and reset the connection, as a browser does when a tab is closed."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(b"GET / HTTP/1.1\r\n")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_server_shows_its_address_and_stops_quietly(site: Path) -> None:
    number = free_port()
    command = [sys.executable, "-S", "-m", "sitebuild.serve", "--directory", str(site), "--port", number]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == f"The site is at http://127.0.0.1:{number}  (Ctrl-C stops it)\n"
        assert ask(int(number), "/")[0] == 200
        assert ask(int(number), "/nowhere")[0] == 404
        break_off(int(number))
        assert ask(int(number), "/")[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert (process.stdout.read().strip(), process.stderr.read()) == ("", "")
