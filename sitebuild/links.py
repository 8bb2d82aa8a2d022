"""Check a built site: internal links and anchors, double identifiers, resources from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = frozenset({"script", "img", "iframe", "source", "video", "audio"})
_LOADED_LINKS = frozenset({"stylesheet", "preload", "modulepreload", "icon"})
_ADDRESSES = frozenset({"canonical", "alternate", "prev", "next", "edit"})


@dataclass
class _PageLinks(HTMLParser):
    names: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if name := values.get("id"):
            if name in self.names:
                self.doubled.append(name)
            self.names.add(name)
        kinds = set(values.get("rel", "").split()) if tag == "link" else set()
        address = values.get("href") or values.get("src") or ""
        loaded = tag in _LOADED or bool(kinds & _LOADED_LINKS)
        if loaded and address.startswith(("http:", "https:", "//")):
            self.foreign.append(address)
        elif address and not kinds & _ADDRESSES:
            self.links.append((self.getpos()[0], address))


def check_links(site: Path) -> list[str]:
    """One line for each mistake in a built site; `404.html` may be served anywhere, so its links are absolute."""
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    return [
        f"{path.relative_to(site)}: {problem}"
        for path, page in pages.items()
        for problem in _problems(path, page, pages, site)
    ]


def _read(path: Path) -> _PageLinks:
    page = _PageLinks()
    page.feed(path.read_text("utf-8"))
    return page


def _problems(path: Path, page: _PageLinks, pages: dict[Path, _PageLinks], site: Path) -> Iterator[str]:
    for name in page.doubled:
        yield f"the identifier `{name}` stands twice"
    for address in page.foreign:
        yield f"loads {address} from another server"
    for line, address in page.links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = _target(path, unquote(parts.path), site)
        if not target.exists():
            yield f"line {line}: {address} leads nowhere"
        elif parts.fragment and target in pages:
            fragment = unquote(parts.fragment)
            if fragment not in pages[target].names and not fragment.startswith("__"):
                yield f"line {line}: {address}: that page has no `{fragment}`"


def _target(path: Path, address: str, site: Path) -> Path:
    """The file that an address leads to."""
    if not address:
        return path
    base = site if address.startswith("/") else path.parent
    target = Path(base, address.lstrip("/")).resolve()
    return target / "index.html" if target.is_dir() else target
