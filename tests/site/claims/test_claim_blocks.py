"""Which blocks settle which claims: how they are found, and what they may get wrong."""

from pathlib import Path

import pytest

from doccheck.errors import Problem
from sitebuild.pages.claim_data import load
from sitebuild.pages.settled import Settled, SettlingError, is_written, mistakes, settled_claims, unsettled

ROOT = Path(__file__).resolve().parents[3]
DATA = load(ROOT)
BLOCK = '```python { #six data-claim="C132" }\nassert 6.57\n```\n'


def project(root: Path, **pages: str) -> Path:
    """A project with chapters."""
    (root / "pyproject.toml").write_text(
        '[tool.doccheck]\ndocs = "docs/en"\nlabs = "docs/en/labs"\n', "utf-8"
    )
    chapters = root / "docs/en/chapters"
    chapters.mkdir(parents=True)
    for name, text in pages.items():
        (chapters / f"{name}.md").write_text(text, "utf-8")
    return root


def boxed(header: str, block: str = BLOCK) -> str:
    """A page with a box around the block."""
    return f"# Page\n\n{header}\n" + "".join(f"    {line}\n" for line in block.splitlines())


def test_a_block_in_a_box_settles_a_claim(tmp_path: Path) -> None:
    """Page, anchor, verdict, title, code and place are known."""
    root = project(tmp_path, adam=boxed('!!! holds "v̂ does the same"'))
    assert settled_claims(root) == [
        Settled(
            claim="C132",
            page_url="chapters/adam/",
            anchor="six",
            box="holds",
            title="v̂ does the same",
            source="assert 6.57",
            file="docs/en/chapters/adam.md",
            line=5,
        )
    ]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (BLOCK, r"adam.md:2: the block of claim C132 stands in no box; write `!!! holds "),
        (
            boxed('!!! note "x"'),
            r"adam.md:5: the block of claim C132 stands in a box of type `note`; .* `holds`, `",
        ),
        (boxed("!!! holds"), r"adam.md:3: the box `holds` has no title; write the statement in quotes"),
        (boxed('??? holds "x"'), r"adam.md:3: the box `holds` is folded; write `!!!`"),
        (
            boxed('!!! wrong "x"', "Text."),
            r"adam.md:3: the box `wrong` settles 0 claims; give exactly one block",
        ),
        (boxed('!!! holds "x"', BLOCK + "\n" + BLOCK), r"adam.md:3: the box `holds` settles 2 claims"),
    ],
)
def test_a_block_and_its_box_belong_together(tmp_path: Path, page: str, message: str) -> None:
    """A mistake has file, line and remedy."""
    with pytest.raises(SettlingError, match=message):
        settled_claims(project(tmp_path, adam=page))


def test_a_template_settles_nothing(tmp_path: Path) -> None:
    """A page that the site leaves out is left out here."""
    assert settled_claims(project(tmp_path, _template=boxed('!!! holds "x"'))) == []


def test_a_readme_settles_nothing(tmp_path: Path) -> None:
    """Claims are settled where readers of the site see them."""
    root = project(tmp_path)
    (root / "README.md").write_text(boxed('!!! holds "x"'), "utf-8")
    with (root / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('readme = ["README.md"]\n')
    with pytest.raises(
        SettlingError, match=r"README.md:5: a claim is settled outside a page; move it to docs/en"
    ):
        settled_claims(root)


def block(claim: str = "C132", **changes: str) -> Settled:
    """A block that settles a claim of the chapter `adam`."""
    fields = {
        "page_url": "chapters/adam/",
        "anchor": "six",
        "box": "holds",
        "title": "x",
        "source": "assert 6.57",
        "file": "adam.md",
    }
    return Settled(claim=claim, line=5, **{**fields, **changes})


def told(problems: list[Problem]) -> list[str]:
    """The problems as readers see them."""
    return [str(problem) for problem in problems]


def test_a_good_block_has_no_mistakes(tmp_path: Path) -> None:
    """So each of the following tests shows one mistake alone."""
    assert mistakes(DATA, [block()], tmp_path) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (block("C400"), "claim C400 is no claim; use an identifier from docs/en/claims/data/claims"),
        (
            block(page_url="chapters/mom/"),
            "claim C132 is settled on chapters/mom/; it belongs to chapters/adam/",
        ),
        (block(box="wrong"), "claim C132 stands in a box `wrong`; its verdict in the data is `holds`"),
        (
            block(source="assert 6.5"),
            "claim C132 is settled without a figure of its check; assert one of `3.162`, `4.250`, `6.57`",
        ),
        (
            block("C142", page_url="chapters/mom/", box="open"),
            "claim C142 has no figure in the data; add the figure that this block asserts",
        ),
    ],
    ids=["unknown claim", "wrong page", "wrong verdict", "no figure", "nothing to compute"],
)
def test_mistakes_are_named(tmp_path: Path, wrong: Settled, problem: str) -> None:
    """Each with its place and its remedy."""
    assert told(mistakes(DATA, [wrong], tmp_path)) == [f"adam.md:5: {problem}"]


def test_a_claim_is_settled_once(tmp_path: Path) -> None:
    """The second block is the mistake."""
    twice = [block(), block(anchor="again")]
    assert told(mistakes(DATA, twice, tmp_path)) == [
        "adam.md:5: claim C132 is settled by the block at adam.md:5 too; keep one of them"
    ]


def test_a_correction_may_be_settled_on_the_claims_page(tmp_path: Path) -> None:
    """Until its chapter is written; other claims may not."""
    widens = block("C056", page_url="claims/", box="wrong", source="assert 0.7616")
    assert mistakes(DATA, [widens], tmp_path) == []
    root = project(tmp_path, softmax="# Softmax\n")
    assert "it belongs to chapters/softmax/" in told(mistakes(DATA, [widens], root))[0]
    other = block("C131", page_url="claims/", source="assert 0.19")
    assert "it belongs to chapters/adam/" in told(mistakes(DATA, [other], tmp_path))[0]


def test_unsettled_claims_are_the_others() -> None:
    """In the order of the chapters."""
    rest = [claim.id for claim in unsettled(DATA, [block()])]
    assert len(rest) == 335
    assert "C132" not in rest


def test_written_chapters() -> None:
    """A chapter is written when its page exists."""
    assert is_written(ROOT, "adam")
    assert not is_written(ROOT, "_format")
