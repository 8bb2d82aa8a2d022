"""Each kind of broken link in a built site is found."""

from pathlib import Path

import pytest

from sitebuild.links import check_links

GOOD = '<p id="top"><a href="#top">x</a> <a href="other/#here">y</a> <a href="https://example.org/">z</a></p>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "other").mkdir()
    (tmp_path / "index.html").write_text(GOOD, "utf-8")
    (tmp_path / "other/index.html").write_text('<p id="here"><a href="../#top">back</a></p>', "utf-8")
    return tmp_path


def test_a_sound_site_has_no_problem(site: Path) -> None:
    assert check_links(site) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("other/#here", "gone/", "gone/ leads nowhere"),
        ("other/#here", "other/#gone", "that page has no `gone`"),
        ("other/#here", "/nowhere.png", "/nowhere.png leads nowhere"),
        ("</p>", '</p><b id="top"></b>', "the identifier `top` stands twice"),
        (
            "</p>",
            '</p><script src="https://cdn.example.org/a.js"></script>',
            "loads https://cdn.example.org/a.js",
        ),
        (
            "</p>",
            '</p><link rel="stylesheet" href="//cdn.example.org/a.css">',
            "loads //cdn.example.org/a.css",
        ),
        ("</p>", '</p><img src="gone.svg">', "gone.svg leads nowhere"),
    ],
)
def test_what_is_broken_is_named(site: Path, old: str, new: str, words: str) -> None:
    (site / "index.html").write_text(GOOD.replace(old, new, 1), "utf-8")
    (problem,) = check_links(site)
    assert problem.startswith("index.html: ") and words in problem
