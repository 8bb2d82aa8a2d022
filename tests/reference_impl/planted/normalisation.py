"""Bugs of normalisation and dropout."""

from planted import Bug

CHANNELS = (
    "functional/test_normalisation.py::test_normalisation_of_channels_agrees_with_torch[float64-batch_norm]",
)
DROPOUT = ("functional/test_dropout.py::test_dropout_follows_its_formula[float64-dropout-0]",)

BUGS = [
    Bug(
        "unbiased variance in the forward pass",
        "functional/standardising.py",
        "deviation = xp.sqrt(xp.mean(centred * centred, axis=axes, keepdims=True) + eps)",
        "deviation = xp.sqrt(xp.var(x, axis=axes, correction=1.0, keepdims=True) + eps)",
        CHANNELS,
    ),
    Bug(
        "biased variance in the running averages",
        "functional/batch_normalisation.py",
        "* (count / (count - 1))",
        "",
        CHANNELS,
    ),
    Bug(
        "momentum the wrong way round",
        "functional/batch_normalisation.py",
        "(1 - momentum) * old + momentum * each",
        "momentum * old + (1 - momentum) * each",
        CHANNELS,
    ),
    Bug(
        "epsilon outside the root",
        "functional/standardising.py",
        "root = xp.sqrt(xp.mean(x * x, axis=axes, keepdims=True) + eps)",
        "root = xp.sqrt(xp.mean(x * x, axis=axes, keepdims=True)) + eps",
        (
            "functional/test_normalisation.py::test_normalisation_of_features_agrees_with_torch[float64-rms_norm]",
        ),
    ),
    Bug(
        "a gradient that takes the statistics for constants",
        "functional/standardising.py",
        "return (g - xp.mean(g, axis=axes, keepdims=True) - y * along) / deviation",
        "return g / deviation + 0.0 * along",
        CHANNELS,
    ),
    Bug(
        "evaluation with the statistics of the batch",
        "layers/batch_normalisation.py",
        "by_batch = self.training or self.running_mean is None",
        "by_batch = True",
        ("layers/test_normalisation_layers.py::test_evaluation_uses_the_running_averages_and_leaves_them",),
    ),
    Bug(
        "batches not counted",
        "layers/channel_normalisation.py",
        "self.num_batches_tracked + 1)",
        "self.num_batches_tracked + 0)",
        (
            "layers/test_normalisation_layers.py::test_normalisation_of_channels_agrees_with_torch[float64-Batch]",
        ),
    ),
    Bug(
        "dropout without rescaling",
        "functional/noise.py",
        "kept / (1 - p if p < 1 else 1)",
        "kept * 1.0",
        DROPOUT,
    ),
    Bug("dropout of what should stay", "functional/noise.py", ">= p\n", "< p\n", DROPOUT),
    Bug(
        "dropout in evaluation",
        "functional/noise.py",
        "if not training or p == 0:",
        "if p == 0:",
        DROPOUT,
    ),
    Bug(
        "entries dropped where channels should be",
        "functional/noise.py",
        "(*batch.shape[:2], *(1,) * axes)",
        "tuple(batch.shape)",
        ("functional/test_dropout.py::test_as_many_are_dropped_as_the_binomial_allows[0.5-dropout2d-2]",),
    ),
    Bug(
        "variance for deviation in noise",
        "functional/noise.py",
        "std * rng.standard_normal",
        "std**2 * rng.standard_normal",
        ("functional/test_dropout.py::test_noise_has_the_mean_and_deviation_that_were_asked_for",),
    ),
]
