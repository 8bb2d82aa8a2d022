"""Serve the built site on this machine: `python -m sitebuild.serve --port 8000`.

It answers as a static host on the web does: right media types, compressed text, the site's own page for an
address that doesn't exist. Standard library only, so that the port can be checked before the set-up.
"""

import argparse
import gzip
import io
import os
import socket
import sys
from collections.abc import Sequence
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

HOST = "127.0.0.1"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
COMPRESSED_ON_DISK = {".png", ".whl", ".woff2", ".gz", ".ico"}
LARGEST_COMPRESSED = 8_000_000


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers requests for one folder of static files, without a log line for each."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BinaryIO | io.BytesIO | None:
        """Send the headers of a file, compressed where both sides gain by it."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file() or not self._compresses(path):
            return super().send_head()
        state = path.stat()
        content = _compressed(str(path), state.st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", self.date_time_string(int(state.st_mtime)))
        self.end_headers()
        return io.BytesIO(content)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Give a file's media type by its ending, the same on every system."""
        return MEDIA_TYPES.get(Path(path).suffix, "application/octet-stream")

    def end_headers(self) -> None:
        """Let the browser ask again each time: the site may have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an unknown address with the site's own page, where it has one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", MEDIA_TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the console quiet: the address stays in view."""

    def _compresses(self, path: Path) -> bool:
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        return accepted and path.suffix not in COMPRESSED_ON_DISK and path.stat().st_size < LARGEST_COMPRESSED


@lru_cache(maxsize=256)
def _compressed(path: str, modified: int) -> bytes:
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=modified // 1_000_000_000)


class SiteServer(ThreadingHTTPServer):
    """A server with a thread for each connection; a browser that goes away is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong in the server, but not that a browser closed its connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def make_server(folder: Path, port: int) -> SiteServer:
    """Make a server for a folder; port 0 takes any that is free. Start it with `serve_forever`."""
    return SiteServer((HOST, port), partial(SiteHandler, directory=os.fspath(folder)))


def port_problem(port: str) -> str | None:
    """Say in one line why a port can't be used; None where it is free."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        return f"`PORT` (={port}) must be a whole number from 1 to 65535; use e.g. PORT=8001"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except PermissionError:
            return f"`PORT` (={port}) needs administrator rights; use one from 1024 upwards, e.g. PORT=8001"
        except OSError as error:
            return f"`PORT` (={port}) can't be had ({error.strerror}); use another, e.g. PORT=8001"
    return None


def main(arguments: Sequence[str]) -> int:
    """Check the port or serve the site until interrupted; returns the exit status."""
    parser = argparse.ArgumentParser(prog="serve", description="Serve the built site on this machine.")
    parser.add_argument("--directory", type=Path, default=Path("site"), help="folder of the built site")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--check", action="store_true", help="only check that the port is free")
    options = parser.parse_args(arguments)
    problem = port_problem(options.port)
    if not problem and not options.check and not (options.directory / "index.html").is_file():
        problem = f"there is no site in {options.directory}: build it with `make site`"
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    if not options.check:
        with make_server(options.directory, int(options.port)) as server:
            print(f"The site is at http://{HOST}:{options.port}  (Ctrl-C stops it)", flush=True)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
