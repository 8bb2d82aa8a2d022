"""Each known message is provoked, explained, and mended; the texts are those of today's torch."""

import pytest
import torch
from broken_and_mended import PAIRS
from torch import nn

from reference_impl.shapes import explain_error
from reference_impl.shapes.clinic.explanation import ENTRIES

NAMES = {"torch": torch, "nn": nn}


def message_of(code):
    """Run code that torch refuses, and give its message."""
    try:
        eval(code, NAMES)
    except (RuntimeError, ValueError, IndexError, AssertionError) as error:
        return str(error)
    raise AssertionError(f"torch accepts {code}")


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize(("broken", "mended"), PAIRS, ids=[broken for broken, _ in PAIRS])
def test_a_message_is_explained_and_its_mended_code_runs(broken, mended):
    found = explain_error(message_of(broken))
    assert found is not None
    assert all(value.strip() and meaning for value, meaning in found.numbers)
    assert "{" not in found.cause + found.fix
    eval(mended, NAMES)


def test_every_entry_is_provoked_by_its_own_code():
    found = [explain_error(message_of(broken)).name for broken, _ in PAIRS]
    assert sorted(found) == sorted(entry.name for entry in ENTRIES)
    assert len(ENTRIES) >= 40


def test_each_entry_names_all_its_gaps():
    for entry in ENTRIES:
        assert entry.template.count("{}") == len(entry.numbers), entry.name
        assert not entry.template.startswith("{}")
        assert "  " not in entry.template


def test_numbers_and_their_meanings():
    found = explain_error(message_of("nn.Conv2d(3, 8, 3)(torch.zeros(1, 1, 8, 8))"))
    assert found.text.split("\n") == [
        "convolution: channels",
        "  1: groups",
        "  8, 3, 3, 3: the kernel's shape: filters, channels of a group, taps",
        "  1, 1, 8, 8: the input's shape",
        "  3: in_channels",
        "  1: channels of the input",
        "The layer was made for another number of input channels.",
        "Make the layer with in_channels=1, or give it an input of 3 channels.",
    ]


def test_a_message_inside_a_traceback_that_was_wrapped():
    text = (
        'File "train.py"\nRuntimeError: mat1 and mat2 shapes\n    cannot be multiplied (4x7 and 10x3)\n\nend'
    )
    assert explain_error(text).fix.startswith("Make the layer with in_features=7")
    assert (
        explain_error("RuntimeError: input.size(-1) must be equal to input_size. Expected 5, got 4.").numbers[
            1
        ][0]
        == "4"
    )


@pytest.mark.parametrize(
    "text", ["", "CUDA out of memory", "index  is out of", "mat1 and mat2 shapes cannot be multiplied (4x"]
)
def test_what_is_not_known_is_not_guessed(text):
    assert explain_error(text) is None


def test_only_text_is_explained():
    with pytest.raises(TypeError, match=r"`message` \(=3\) must be a string; pass str\(error\)"):
        explain_error(3)
