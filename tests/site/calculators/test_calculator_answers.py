"""Answers are those of the package, errors included, and safe to put into a page."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from reference_impl.shapes import conv_output_size, network_table, ready_network, solve_conv
from reference_impl.shapes.network.ready import READY
from sitebuild.calculators.fields import FIELDS, first_values
from sitebuild.calculators.in_page.answer import answered, readable
from sitebuild.calculators.in_page.reading import value

UNSAFE = "<img src=x onerror=alert(1)>\"'&"
WORDS = {
    "224": 224,
    " 3x224 ": (3, 224),
    "3 × 5": (3, 5),
    "1,2": ((1, 2),),
    "1,2x0,1": ((1, 2), (0, 1)),
    "1,2x3": ((1, 2), (3, 3)),
    "-1": -1,
    "7.5": 7.5,
    "same": "same",
    "": "",
    "7.": 7.0,
    "1e3": "1e3",
    "²": "²",
    "3x": "3x",
    "1,2,3": ((1, 2, 3),),
}


@pytest.mark.parametrize("word", WORDS)
def test_reading(word: str) -> None:
    """Numbers and their combinations are read; what is none stays text, for the package to refuse."""
    assert value(word) == WORDS[word]
    assert type(value(word)) is type(WORDS[word])


def asked(calculator: str, **values: str) -> dict[str, object]:
    """The answer to the first values with some changed."""
    return answered(calculator, first_values(calculator) | values)


def figures(html: object) -> dict[str, str]:
    """The figures of an answer by name."""
    page = BeautifulSoup(str(html), "html.parser")
    return {row.dt.get_text(): row.dd.get_text() for row in page.select(".calculator-figures div")}


def test_convolution_by_hand() -> None:
    """ResNet's first layer: 64 * 3 * 49 weights, used at 112 * 105 places."""
    found = asked("convolution", size="224x210", kernel_size="7", padding="3", out_channels="64", bias="")
    expected = {"output": "64×112×105", "parameters": "9,408", "multiply-adds": "110,638,080"}
    assert figures(found["html"]) == expected


def test_flops_and_biases_count_as_asked() -> None:
    """Two for each multiply-add, and one for each output's bias, if there is one."""
    options = {"size": "5", "kernel_size": "3", "stride": "1", "padding": "0", "in_channels": "2"}
    shown = [
        figures(asked("convolution", **options, unit=unit, bias=bias, count_bias=counted)["html"])
        for unit, bias, counted in (("mac", "yes", ""), ("flop", "yes", "yes"), ("flop", "no", "yes"))
    ]
    assert [row["parameters"] for row in shown] == ["56", "56", "48"]  # 8 * (2*3 + 1), 8 * 2*3
    assert shown[0]["multiply-adds"] == "144"  # 8 * 2 * 3 * 3
    assert [row["operations"] for row in shown[1:]] == ["312", "288"]  # 2*144 + 8*3, 2*144


def test_letters_of_the_arithmetic_are_explained() -> None:
    """Those that stand in it, and no others; a pair of paddings has two."""
    said = {}
    for padding in ("1", "1,2x0,0"):
        page = BeautifulSoup(str(asked("convolution", padding=padding)["html"]), "html.parser")
        said[padding] = page.select(".calculator-note")[-1].get_text().rstrip(".").split("; ")
    every = ["input size", "output size", "kernel size", "stride", "dilation", "input channels"]
    assert {"W input size", "P padding", "F output channels", "K₁ and the like are of one dimension"} <= set(
        said["1"]
    )
    assert not any(words.startswith(("P₁", "O ", "B ")) for words in said["1"])
    assert {"P₁ padding before", "P₂ padding after", "P padding"} <= set(said["1,2x0,0"])
    assert all(any(words.endswith(meaning) for words in said["1"]) for meaning in every)


def test_derivation_is_shown_with_numbers() -> None:
    """The package's own text, for each dimension."""
    page = BeautifulSoup(str(asked("convolution", size="9x8")["html"]), "html.parser")
    rows = [row.get_text("|") for row in page.select(".calculator-derivation dt, .calculator-derivation dd")]
    assert rows[:4] == [
        "output height",
        "⌊(W + 2·P − D·(K−1) − 1) / S⌋ + 1|= ⌊(9 + 2·1 − 1·(3−1) − 1) / 2⌋ + 1|= |5",
        "output width",
        "⌊(W + 2·P − D·(K−1) − 1) / S⌋ + 1|= ⌊(8 + 2·1 − 1·(3−1) − 1) / 2⌋ + 1|= |4",
    ]


@pytest.mark.parametrize("name", sorted(READY))
def test_ready_networks(name: str) -> None:
    """The totals are those of the package, and the text that can be edited gives the same network."""
    table, found = network_table(ready_network(name)), asked("network", network=name)
    assert figures(found["html"])["parameters"] == f"{table.parameters:,}"
    assert asked("network", text=str(found["text"]))["html"] == found["html"]


def test_receptive_field_after_each_layer() -> None:
    """1 + 6, then 2*2 more with jump 2, then 2*4 more with jump 4."""
    page = BeautifulSoup(str(asked("receptive-field")["html"]), "html.parser")
    rows = [[cell.get_text() for cell in row.select("td")][1:] for row in page.select("tbody tr")]
    assert rows == [["7", "2", "−3"], ["11", "4", "−5"], ["19", "4", "−9"], ["27", "4", "−13"]]


CHAINS = {
    "conv 1 7 stride=2 padding=3; relu; max_pool 3 stride=2": ["max_pool3: 1", "conv1: 3", "input: 11"],
    "conv 1 3 dilation=4; conv 1 1": ["conv1: 1", "input: 9"],
    "conv 1 3; conv_transpose 1 3 stride=2": [],
    "a: conv 1 3; conv 1 3 padding=1; add a": [],
    "relu": [],
    "; ".join(["conv 1 3"] * 19): [f"conv{at}: {39 - 2 * at}" for at in range(19, 0, -1)] + ["input: 39"],
    "; ".join(["conv 1 3"] * 20): [],
}


@pytest.mark.parametrize("text", CHAINS)
def test_drawing_of_a_receptive_field(text: str) -> None:
    """One row for each layer that changes what is seen; branches and upsampling are not drawn."""
    page = BeautifulSoup(str(asked("receptive-field", text=text)["html"]), "html.parser")
    rows = [word.get_text() for word in page.select("svg text")]
    assert rows[: len(CHAINS[text])] == CHAINS[text]
    assert bool(rows) == bool(CHAINS[text])
    if rows:
        field = figures(page)
        last = int(field["offset"].replace("−", "-")) + int(field["size"]) - 1
        assert rows[-2:] == [field["offset"], str(last)]


def test_the_way_back_lists_all_options_as_links() -> None:
    """As many as the package finds; each link holds the arguments, and leads to the size that was asked for."""
    page = BeautifulSoup(str(asked("inverse", kernel_size="")["html"]), "html.parser")
    options = solve_conv(32, 16).options
    links = [link["href"] for link in page.select("a")]
    assert len(links) == len(options) > 5
    for link, option in zip(links, options, strict=True):
        given = dict(part.split("=") for part in link.partition("?")[2].split("&"))
        assert given == {"size": "32"} | {name: str(number) for name, number in option.items()}
        assert "×16" in figures(asked("convolution", **given)["html"])["output"]


def test_inputs_of_an_output() -> None:
    """7 and 8 become 4, and the output padding tells them apart."""
    found = asked("inverse", layer="inputs", output_size="4", kernel_size="3", stride="2", padding="1")
    assert found["status"] == "Inputs that give 4: 7, 8"


def test_nearest_sizes() -> None:
    """Where nothing leads there."""
    found = asked("inverse", input_size="10", output_size="13", kernel_size="3")
    assert str(found["status"]).endswith("The nearest sizes that can be had: 12, 14")


def test_errors_are_the_packages_own_and_name_a_field() -> None:
    """The words are those that Python has."""
    for size in ("2", "0", "-3", "7.5", "1e3", "", "ä", "3x", "1x1x1x1", "9" * 30):
        with pytest.raises((ValueError, TypeError)) as error:
            conv_output_size(value(size), 7)
        found = asked("convolution", size=size, kernel_size="7", stride="1", padding="0")
        assert found["error"] == str(error.value)
        assert found["field"] == ("kernel_size" if size == "2" else "size")


@pytest.mark.parametrize(
    ("calculator", "values", "field"),
    [
        ("convolution", {"groups": "2"}, "in_channels"),
        ("convolution", {"padding": "same"}, "padding"),
        ("convolution", {"out_channels": "x"}, "out_channels"),
        ("transposed-convolution", {"output_padding": "2"}, "output_padding"),
        ("pooling", {"padding": "2"}, "padding"),
        ("pooling", {"channels": "0"}, "channels"),
        ("inverse", {"limits": "width=3"}, "limits"),
        ("inverse", {"limits": "stride=many"}, "limits"),
        ("inverse", {"output_size": "4x4"}, "output_size"),
        ("network", {"text": "input 3x4; dense 5"}, "text"),
        ("network", {"text": "input 3x4; conv 4 9"}, "text"),
        ("network", {"input_size": "0x3x3"}, "input_size"),
        ("receptive-field", {"text": "flatten"}, "text"),
    ],
)
def test_errors_stand_beside_the_field_they_name(calculator: str, values: dict[str, str], field: str) -> None:
    """Each names a field of its form."""
    found = asked(calculator, **values)
    assert found["error"] and found["field"] == field


def test_letters_beyond_ascii_read_as_in_python() -> None:
    """MicroPython escapes them, CPython doesn't; backslashes of the reader stay."""
    assert readable(r"`size` (='\xe9\u2308') must") == "`size` (='é⌈') must"
    assert readable(r"`size` (='\\xe9') must") == r"`size` (='\\xe9') must"
    assert readable(r"`size` (='\x00\n') must") == r"`size` (='\x00\n') must"


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_what_is_typed_never_becomes_markup(name: str) -> None:
    """A link with anything in it does no harm."""
    for field in FIELDS[name]:
        if field.kind in ("text", "lines"):
            text = f"input 3x4; {UNSAFE.replace(' ', '')}: relu" if field.name == "text" else UNSAFE
            found = asked(name, **{field.name: text})
            assert "<img" not in str(found.get("html", ""))


def test_drawing_is_well_formed_and_says_what_it_shows() -> None:
    """An image with a title and a description, whose words stand under it as well."""
    html = str(asked("convolution", size="8")["html"])
    picture = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    words = [element.text for element in picture if element.tag in ("title", "desc")]
    assert words[0] == "Windows over the padded input"
    assert words[1].startswith(
        "8 inputs with padding of 1 on each side, 4 windows of 3 taps, 2 further each time. "
        "Rounding down drops the last 1."
    )
    assert f"<figcaption>{words[1]}</figcaption>" in html
