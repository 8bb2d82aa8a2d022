"""Which outputs count as what the page says."""

import pytest

from doccheck.run.compare import same

SAME = [
    ("tensor([0.3333, 1.0000])", "tensor([0.3334, 1.0000])"),
    ("tensor([1., 2.])", "tensor([1., 2.], device='cuda:0')"),
    ("tensor(1., grad_fn=<SumBackward0>)", "tensor(1., device='sim:0', grad_fn=<SumBackward0>)"),
    ("0.123", "0.1239"),
    ("1.2345e-08", "1.2346e-08"),
    ("0.5", "0.5000001"),
    ("[ 1.0,\n  2.0]", "[1.0, 2.0]"),
    ("nan inf -inf", "nan inf -inf"),
    ("Adam on v2.13", "Adam on v2.13"),
    ("(2, 3)", "(2, 3)"),
    ("-0.0", "0.0"),
    ("1e5", "100000.0"),
    ("2.345e-08", "2.346e-08"),
    ("1,234.567", "1,234.568"),
    ("tensor([[1., 2.],\n        [3., 4.]])", "tensor([[1., 2.],\n        [3., 4.]], device='sim:0')"),
    ("1.5+2.5j", "1.5+2.5j"),
]
DIFFERENT = [
    ("0.3333", "0.3335"),
    ("0.5", "0.50001"),
    ("0.12", "0.13"),
    ("3", "4"),
    ("3", "3.0"),
    ("(2, 3)", "(2, 4)"),
    ("1000.123", "1000.125"),
    ("10000000.0", "10000001.0"),
    ("0.5", "-0.5"),
    ("nan", "inf"),
    ("1.0", "nan"),
    ("v2.11", "v2.13"),
    ("tensor([1., 2.])", "tensor([1., 2.], dtype=torch.float64)"),
    ("a b", "a c"),
    ("", "something"),
    ("1.0 2.0", "1.0"),
    ("1e-08", "0.0"),
    ("1e-08", "2e-08"),
    ("2.5e-08", "-2.5e-08"),
    ("1e5", "100000"),
    ("0x1f", "0x2f"),
    ("2026-11-20", "2026-11-21"),
    ("2.13.0", "2.13.1"),
    ("1,234", "1,235"),
    ("1_000", "1_001"),
    ("1.5+2.5j", "1.5-2.5j"),
    ("-0", "0"),
    ("# 5", "5 #"),
    ("'a  b'", "'a b'"),
    ("1\n2", "1 2"),
]


@pytest.mark.parametrize(("want", "got"), SAME)
def test_same(want: str, got: str) -> None:
    assert same(want, got)


@pytest.mark.parametrize(("want", "got"), DIFFERENT)
def test_different(want: str, got: str) -> None:
    assert not same(want, got)
