"""Embedding, bilinear and hypercomplex maps, and sinusoidal positions: against torch or the paper's formula."""

import mpmath
import numpy as np
import pytest
import torch
from draws import seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE, OURS
from twins import many, some

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


def test_embedding_agrees_with_torch(agreement, precision):
    name = "functional.embedding"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @many
        @given(seed=seeds, shape=shapes(), rows=sizes, features=sizes, data=st.data())
        def drawn(seed, shape, rows, features, data):
            padding = data.draw(st.none() | st.integers(-rows, rows - 1))
            numbers = np.asarray(np.random.default_rng(seed).integers(0, rows, shape))

            def run(library, numbers, table):
                return library.F.embedding(numbers, table, padding_idx=padding)

            compare(run, numbers, values(seed, (rows, features)))

        drawn()


def test_bilinear_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.functional.bilinear", "torch.nn.functional.bilinear", precision
    ) as compare:

        @many
        @given(seed=seeds, before=shapes(least=1, most=3), n=sizes, m=sizes, k=sizes, bias=st.booleans())
        def drawn(seed, before, n, m, k, bias):
            arrays = [(*before, n), (*before, m), (k, n, m)] + [(k,)] * bias
            arrays = [values(seed + number, shape) for number, shape in enumerate(arrays)]
            compare(lambda library, *xs: library.F.bilinear(*xs), *arrays, sums=True)

        drawn()


def test_hypercomplex_maps_agree_with_kronecker_products_of_torch(agreement, precision):
    name = "reference_impl.functional.hypercomplex_linear"
    with agreement(name, "torch.kron", precision) as compare:

        @some
        @given(
            seed=seeds,
            before=shapes(most=2),
            n=st.integers(1, 4),
            rows=sizes,
            columns=sizes,
            bias=st.booleans(),
        )
        def drawn(seed, before, n, rows, columns, bias):
            arrays = [(*before, n * columns), (n, n, n), (n, rows, columns)] + [(n * rows,)] * bias

            def run(library, x, algebra, weight, *b):
                if library is ORACLE:
                    matrix = sum(torch.kron(a, s) for a, s in zip(algebra, weight, strict=True))
                    return library.F.linear(x, matrix, *b)
                return library.F.hypercomplex_linear(x, algebra, weight, *b)

            compare(run, *(values(seed + number, shape) for number, shape in enumerate(arrays)), sums=True)

        drawn()


def test_quaternions_are_one_of_the_algebras():
    i, j, k = np.zeros((3, 4, 4))
    i[1, 0], i[0, 1], i[3, 2], i[2, 3] = 1, -1, 1, -1
    j[2, 0], j[3, 1], j[0, 2], j[1, 3] = 1, -1, -1, 1
    k[3, 0], k[2, 1], k[1, 2], k[0, 3] = 1, 1, -1, -1
    algebra = np.stack([np.eye(4), i, j, k])
    weight = np.asarray([1.0, 2.0, 3.0, 4.0]).reshape(4, 1, 1)
    product = F.hypercomplex_linear(np.asarray([5.0, 6.0, 7.0, 8.0]), algebra, weight)
    assert product.tolist() == [-60.0, 12.0, 30.0, 24.0]


def test_positions_agree_with_the_formula_in_higher_precision(agreement, precision):
    oracle = "the formula of the paper with mpmath, 50 digits"
    with agreement("reference_impl.functional.sinusoidal_positions", oracle, precision) as compare:

        @some
        @given(length=st.integers(1, 12), d_model=sizes, base=st.sampled_from([4.0, 100.0, 10000.0]))
        def drawn(length, d_model, base):
            wanted = np.empty((length, d_model))
            with mpmath.workdps(50):
                for position in range(length):
                    for feature in range(d_model):
                        angle = position / mpmath.mpf(base) ** (mpmath.mpf(feature - feature % 2) / d_model)
                        wanted[position, feature] = (mpmath.cos if feature % 2 else mpmath.sin)(angle)
            wanted = compare.cast(wanted)
            for library in OURS:
                like = library.empty(getattr(library.dtypes, precision))
                table = F.sinusoidal_positions(length, d_model, base, like=like)
                compare.close("forward", library, library.values(table), wanted, 1.0)
            compare.worst["configurations"] += 1

        drawn()


def test_without_an_example_positions_are_float32():
    assert F.sinusoidal_positions(2, 4).dtype == np.float32
    assert not F.sinusoidal_positions(2, 4).requires_grad


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int32", "int64"])
def test_numbers_may_be_any_integers(library, dtype):
    table = library.array(np.asarray([[1.0, 2.0], [3.0, 4.0]]))
    rows = F.embedding(library.array(np.asarray([1, 0], dtype=dtype)), table)
    assert library.values(rows).tolist() == [[3.0, 4.0], [1.0, 2.0]]


def test_gradients_are_right_to_second_order():
    numbers = np.asarray([[2, 0], [2, 1]])
    check_gradients(lambda table: F.embedding(numbers, table) ** 2, values(0, (3, 2)), order=2)
    check_gradients(
        F.bilinear, *(values(n, shape) for n, shape in enumerate([(2, 2), (2, 3), (2, 2, 3), (2,)])), order=2
    )
    shapes_of_three = [(2, 4), (2, 2, 2), (2, 1, 2), (2,)]
    check_gradients(
        F.hypercomplex_linear, *(values(n, shape) for n, shape in enumerate(shapes_of_three)), order=2
    )


def test_what_does_not_fit_is_named():
    table = Tensor(np.ones((3, 2)))
    with pytest.raises(
        TypeError, match=r"`input` \(=numpy float64 on cpu\) must hold numbers of rows; convert"
    ):
        F.embedding(np.ones(2), table)
    with pytest.raises(
        IndexError, match="index out of range in self: `input` has numbers below 0; shift them"
    ):
        F.embedding(np.asarray([-1]), table)
    with pytest.raises(IndexError, match="an index is out of bounds for axis 0 with size 3"):
        F.embedding(np.asarray([3]), table)
    with pytest.raises(
        ValueError, match=r"`padding_idx` \(=3\) must be within the 3 rows of the table; choose"
    ):
        F.embedding(np.asarray([0]), table, padding_idx=3)
    with pytest.raises(
        ValueError,
        match=r"`input1` \(of shape \(2, 3\)\) and `input2` \(of shape \(2, 3\)\) must have 3 and 4",
    ):
        F.bilinear(np.ones((2, 3)), np.ones((2, 3)), np.ones((1, 3, 4)))
    with pytest.raises(ValueError, match=r"`base` \(=0.5\) must be at least 1; pass e.g. base=10000.0"):
        F.sinusoidal_positions(2, 2, base=0.5)
