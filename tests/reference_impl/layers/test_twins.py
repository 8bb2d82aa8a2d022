"""Every layer that torch has, against its torch twin with the same parameters: results and all gradients."""

import inspect

import numpy as np
import pytest
import torch
from draws import reductions, scales, seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from twins import compare_layer, make, some

from reference_impl import layers

ACTIVATIONS = {
    "LeakyReLU": st.fixed_dictionaries({"negative_slope": st.floats(-1, 2)}),
    "ELU": st.fixed_dictionaries({"alpha": st.floats(0.1, 3)}),
    "SELU": st.just({}),
    "SiLU": st.just({}),
    "Softplus": st.fixed_dictionaries({"beta": st.floats(0.2, 4), "threshold": st.floats(1, 30)}),
    "GELU": st.fixed_dictionaries({"approximate": st.sampled_from(["none", "tanh"])}),
    "Softmax": st.fixed_dictionaries({"dim": st.integers(-1, 0)}),
    "LogSoftmax": st.fixed_dictionaries({"dim": st.integers(-1, 0)}),
}
LIBRARY_SETTINGS = {"rng", "like", "dtype"}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(least=1), scale=scales, options=ACTIVATIONS[name])
        def drawn(seed, shape, scale, options):
            compare_layer(compare, name, inputs=[values(seed, shape, scale)], **options)

        drawn()


def test_hard_sigmoid_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.layers.Hardsigmoid", "torch.nn.ReLU6 of x + 3, over 6", precision
    ) as compare:

        @some
        @given(seed=seeds, shape=shapes(), scale=scales)
        def drawn(seed, shape, scale):
            def run(library, x):
                if library.name == "the oracle":
                    return torch.nn.ReLU6()(x + 3) / 6
                return library.layers.Hardsigmoid()(x)

            compare(run, values(seed, shape, scale), sums=True)

        drawn()


def test_slopes_that_are_learned_agree_with_torch(agreement, precision):
    with agreement("reference_impl.layers.PReLU", "torch.nn.PReLU", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(least=2), several=st.booleans())
        def drawn(seed, shape, several):
            compare_layer(
                compare, "PReLU", shape[1] if several else 1, inputs=[values(seed, shape)], seed=seed
            )

        drawn()


def test_bilinear_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Bilinear", "torch.nn.Bilinear", precision) as compare:

        @some
        @given(seed=seeds, before=shapes(least=1, most=2), n=sizes, m=sizes, k=sizes, bias=st.booleans())
        def drawn(seed, before, n, m, k, bias):
            inputs = [values(seed, (*before, n)), values(seed + 1, (*before, m))]
            compare_layer(compare, "Bilinear", n, m, k, inputs=inputs, seed=seed, bias=bias)

        drawn()


def test_embedding_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Embedding", "torch.nn.Embedding", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(), rows=sizes, features=sizes, data=st.data())
        def drawn(seed, shape, rows, features, data):
            padding = data.draw(st.none() | st.integers(-rows, rows - 1))
            numbers = np.asarray(np.random.default_rng(seed).integers(0, rows, shape))
            compare_layer(
                compare, "Embedding", rows, features, inputs=[numbers], seed=seed, padding_idx=padding
            )

        drawn()


NUMBERS = {
    "MSELoss": st.just({}),
    "L1Loss": st.just({}),
    "HuberLoss": st.fixed_dictionaries({"delta": st.floats(0.1, 3)}),
    "SmoothL1Loss": st.fixed_dictionaries({"beta": st.floats(0.1, 3)}),
    "BCEWithLogitsLoss": st.just({}),
    "KLDivLoss": st.just({"log_target": True}),
    "HingeEmbeddingLoss": st.fixed_dictionaries({"margin": st.floats(0.1, 3)}),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_losses_of_numbers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            shape=shapes(least=1),
            options=NUMBERS[name],
            reduction=st.sampled_from(["sum", "none"]),
        )
        def drawn(seed, shape, options, reduction):
            target = values(seed + 1, shape)
            if name == "HingeEmbeddingLoss":
                target = np.random.default_rng(seed).choice([-1, 1], shape)
            compare_layer(compare, name, inputs=[values(seed, shape), target], reduction=reduction, **options)

        drawn()


CLASSES = {
    "CrossEntropyLoss": st.fixed_dictionaries(
        {"label_smoothing": st.floats(0, 1), "ignore_index": st.sampled_from([-100, 0])}
    ),
    "NLLLoss": st.fixed_dictionaries({"ignore_index": st.sampled_from([-100, 0])}),
    "MultiMarginLoss": st.fixed_dictionaries({"p": st.sampled_from([1, 2]), "margin": st.floats(0.1, 3)}),
}


@pytest.mark.parametrize("name", CLASSES)
def test_losses_of_classes_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, classes=sizes, options=CLASSES[name], reduction=reductions)
        def drawn(seed, batch, classes, options, reduction):
            rng = np.random.default_rng(seed)
            target, weight = rng.integers(0, classes, batch), compare.cast(rng.uniform(0.1, 3.0, classes))
            target[0] = classes - 1
            if classes == 1 and options.get("ignore_index") == 0:
                reduction = "sum"  # the mean of nothing is NaN

            def run(library, x, t):
                layer = getattr(library.layers, name)(
                    weight=library.array(weight), reduction=reduction, **options
                )
                return layer(x, t)

            compare(run, values(seed, (batch, classes)), target, sums=True)

        drawn()


@pytest.mark.parametrize("name", ["CosineEmbeddingLoss", "TripletMarginLoss"])
def test_losses_of_vectors_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, size=sizes, margin=st.floats(0.1, 1), reduction=reductions)
        def drawn(seed, batch, size, margin, reduction):
            rng = np.random.default_rng(seed)
            inputs = [rng.standard_normal((batch, size)) for _ in range(3)]
            if name == "CosineEmbeddingLoss":
                inputs[2] = rng.choice([-1, 1], batch)
            compare_layer(compare, name, inputs=inputs, margin=margin, reduction=reduction)

        drawn()


SIZES = {
    "BatchNorm": (3,),
    "Bilinear": (3, 4, 2),
    "Conv": (4, 6, 3),
    "Embedding": (5, 3),
    "GRU": (3, 4),
    "GroupNorm": (2, 4),
    "InstanceNorm": (3,),
    "LSTM": (3, 4),
    "LayerNorm": (3,),
    "Linear": (3, 4),
    "LogSoftmax": (1,),
    "MultiheadAttention": (4, 2),
    "RMSNorm": (3,),
    "RNN": (3, 4),
    "Softmax": (1,),
    "Transformer": (4, 2),
    "Adaptive": (2,),
    "AvgPool": (2,),
    "MaxPool": (2,),
}
"""The arguments without a default of every layer whose name starts so."""
TWINS = [name for name in layers.__all__ if hasattr(torch.nn, name) and name not in ("Module", "Sequential")]


@pytest.mark.parametrize("name", TWINS)
def test_the_state_has_the_names_the_shapes_and_the_order_of_torchs(name, library):
    sizes = next((sizes for start, sizes in SIZES.items() if name.startswith(start)), ())
    theirs = getattr(torch.nn, name)(*sizes)
    ours = make(library, name, *sizes, dtype="float32")
    wanted = {key: (tuple(value.shape), str(value.dtype)[6:]) for key, value in theirs.state_dict().items()}
    found = {key: library.values(value) for key, value in ours.state_dict().items()}
    assert {key: (value.shape, str(value.dtype)) for key, value in found.items()} == wanted
    assert list(found) == list(wanted)
    assert [key for key, _ in ours.named_parameters()] == [key for key, _ in theirs.named_parameters()]


@pytest.mark.parametrize("name", TWINS)
def test_arguments_are_named_and_ordered_as_torchs(name):
    ours = inspect.signature(getattr(layers, name)).parameters
    if name in ("RNN", "LSTM", "GRU"):
        wanted = inspect.signature(torch.nn.RNNBase).parameters
    else:
        wanted = inspect.signature(getattr(torch.nn, name)).parameters
    shared = [argument for argument in wanted if argument in ours and argument not in LIBRARY_SETTINGS]
    assert set(ours) - set(wanted) <= LIBRARY_SETTINGS | ({"nonlinearity"} if name == "RNN" else set())
    assert [argument for argument in ours if argument in shared] == shared
    for argument in shared:
        if name not in ("Softmax", "LogSoftmax") and not callable(wanted[argument].default):
            assert ours[argument].default == wanted[argument].default, argument


@pytest.mark.parametrize(
    ("name", "sizes", "options"),
    [
        ("LeakyReLU", (), {"negative_slope": 0.2}),
        ("PReLU", (3,), {}),
        ("ELU", (), {"alpha": 0.5}),
        ("SELU", (), {}),
        ("GELU", (), {"approximate": "tanh"}),
        ("SiLU", (), {}),
        ("Softplus", (), {"beta": 2.0}),
        ("Hardsigmoid", (), {}),
        ("Softmax", (), {"dim": 1}),
        ("LogSoftmax", (), {"dim": 0}),
        ("Bilinear", (2, 3, 4), {"bias": False}),
        ("Embedding", (5, 3), {"padding_idx": -1}),
        ("RNN", (2, 3), {"num_layers": 2, "bias": False}),
        ("LSTM", (2, 3), {"batch_first": True, "bidirectional": True}),
        ("GRU", (2, 3), {"num_layers": 2, "dropout": 0.5}),
        ("MSELoss", (), {}),
        ("CrossEntropyLoss", (), {}),
    ],
)
def test_layers_print_as_in_torch(name, sizes, options):
    rng = {"rng": np.random.default_rng(0)} if sizes and name != "PReLU" else {}
    ours = getattr(layers, name)(*sizes, **options, **rng)
    assert repr(ours) == repr(getattr(torch.nn, name)(*sizes, **options))
