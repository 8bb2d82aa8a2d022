"""The page of the reference lists every operation, and none that is gone."""

import re
from pathlib import Path

from reference_impl.autograd import primitives

PAGE = Path(__file__).parents[3] / "docs" / "en" / "reference" / "autograd.md"


def test_the_page_lists_every_operation():
    section = PAGE.read_text("utf-8").split("## Operations")[1].split("```")[0]
    table = "".join(line for line in section.splitlines() if line.startswith("|"))
    assert sorted(set(re.findall(r"`(\w+)`", table))) == sorted(primitives.__all__)
