"""Prequential evaluation against loops, and continued training against torch alone."""

import copy

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import SGDClassifier

from reference_impl import functional as F
from reference_impl import layers, optim
from reference_impl.shift import (
    ADWIN,
    DDM,
    ContinualTrainer,
    ForgettingSGD,
    PageHinkley,
    RecursiveLeastSquares,
    clone,
    moving_linear_stream,
    prequential_error,
    prequential_evaluation,
)


def literal_errors(losses, fading, window):
    """Follow the definitions, sum by sum."""
    found = []
    for end in range(1, len(losses) + 1):
        part = losses[:end] if window is None else losses[max(0, end - window) : end]
        weights = [(1.0 if fading is None else fading) ** age for age in range(len(part))][::-1]
        found.append(sum(w * x for w, x in zip(weights, part, strict=True)) / sum(weights))
    return found


means = st.sampled_from(
    [{}, {"fading": 0.5}, {"fading": 0.99}, {"fading": 1.0}, {"window": 1}, {"window": 7}]
)


def test_errors_agree_with_their_sums(agreement, precision):
    with agreement(
        "reference_impl.shift.prequential_error", "sums over the losses, one by one", precision
    ) as compare:

        @given(seed=seeds, length=st.integers(1, 20), settings=means)
        def drawn(seed, length, settings):
            losses = np.random.default_rng(seed).random(length)

            def run(library, losses):
                if library.name != "the oracle":
                    return [prequential_error(losses, **settings)]
                both = settings.get("fading"), settings.get("window")
                return [torch.tensor(literal_errors(losses.tolist(), *both), dtype=losses.dtype)]

            compare.arrays("error", run, losses)

        drawn()


def test_fading_reaches_far_back():
    losses = np.random.default_rng(0).random(100_000)
    sums = counts = 0.0
    for loss in losses.tolist():
        sums, counts = 0.999 * sums + loss, 0.999 * counts + 1
    assert prequential_error(losses, fading=0.999)[-1] == pytest.approx(sums / counts, rel=1e-12)


def test_evaluation_agrees_with_a_loop(agreement, precision):
    name = "reference_impl.shift.prequential_evaluation"
    with agreement(name, "a loop of test and lesson with torch alone", precision) as compare:

        @given(
            seed=seeds,
            length=st.integers(5, 10),
            first=st.integers(1, 4),
            batch=st.integers(1, 4),
            settings=means,
            threshold=st.sampled_from([0.5, 2.0, 1e6]),
            restart=st.booleans(),
        )
        def drawn(seed, length, first, batch, settings, threshold, restart):
            stream = moving_linear_stream(length, 2, speed=0.3, noise=0.2, random_state=seed)
            alarms = []

            def run(library, x, y):
                if library.name != "the oracle":
                    found = prequential_evaluation(
                        ForgettingSGD(0.1, intercept=False),
                        *(x, y),
                        **settings,
                        first=first,
                        batch=batch,
                        detector=PageHinkley(0.01, threshold),
                        restart=restart,
                    )
                    alarms.append(found.alarms)
                    return [found.losses, found.errors]
                losses, own_alarms = literal_evaluation(x, y, first, batch, threshold, restart)
                alarms.append(own_alarms)
                both = settings.get("fading"), settings.get("window")
                errors = torch.tensor(literal_errors(losses.tolist(), *both), dtype=x.dtype)
                return [losses, errors]

            compare.arrays("evaluation", run, stream.inputs, stream.outputs)
            assert all(found == alarms[0] for found in alarms)

        drawn()


def literal_evaluation(x, y, first, batch, threshold, restart):
    """Test and learn by the words of the docstring; the detector is ours, which has tests of its own."""

    def learned(theta, rows):
        return theta - 0.1 * x[rows].mT @ (x[rows] @ theta - y[rows]) / len(x[rows])

    theta, detector = learned(torch.zeros(2, dtype=x.dtype), slice(0, first)), PageHinkley(0.01, threshold)
    losses, alarms = [], []
    for start in range(first, len(y), batch):
        rows = slice(start, min(start + batch, len(y)))
        losses += [(y[t] - x[t] @ theta) ** 2 for t in range(start, rows.stop)]
        lesson = rows
        for t in range(start, rows.stop):
            if detector.update(float(losses[t - first])):
                alarms.append(t)
                if restart:
                    theta = torch.zeros(2, dtype=x.dtype)
                    lesson = slice(max(0, t + 1 - detector.recent_[-1]), rows.stop)
        theta = learned(theta, lesson)
    return torch.stack(losses), alarms


def test_models_of_scikit_learn_and_their_errors():
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(3000, 2))
    labels = (inputs[:, 0] > 0).astype(int)
    labels[1500:] = 1 - labels[1500:]
    model = SGDClassifier(random_state=0)
    model.partial_fit(inputs[:20], labels[:20], classes=[0, 1])
    found = prequential_evaluation(
        model, inputs, labels, loss="zero-one", window=200, first=20, batch=20, detector=DDM()
    )
    assert found.losses.dtype == np.float64 and set(found.losses.tolist()) == {0.0, 1.0}
    assert found.errors[1400] < 0.05 < 0.1 < found.errors[1600] and found.alarms[0] in range(1500, 1600)


def test_a_restart_recovers_sooner():
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(2000, 1))
    targets = np.concatenate([inputs[:1000, 0], -inputs[1000:, 0]])
    settings = {"detector": ADWIN(), "loss": lambda f, y: np.minimum(1.0, abs(f - y))}
    errors = {
        restart: prequential_evaluation(
            RecursiveLeastSquares(1.0), inputs, targets, restart=restart, **settings
        )
        .losses[1100:]
        .mean()
        for restart in (False, True)
    }
    assert errors[True] < 0.1 * errors[False]


@given(seed=seeds, steps=st.integers(1, 3), batches=st.integers(1, 4))
def test_training_is_what_torch_does_by_itself(seed, steps, batches):
    torch.manual_seed(seed % 2**31)
    net = torch.nn.Sequential(
        torch.nn.Linear(2, 3), torch.nn.Dropout(0.5), torch.nn.Tanh(), torch.nn.Linear(3, 1)
    )
    twin = copy.deepcopy(net)
    data = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(batches)]
    trainer = ContinualTrainer(
        net, torch.nn.functional.mse_loss, torch.optim.SGD(net.parameters(), lr=0.1), steps
    )
    rule, losses = torch.optim.SGD(twin.parameters(), lr=0.1), []
    torch.manual_seed(0)
    for x, y in data:
        trainer.update(x, y)
    torch.manual_seed(0)
    for x, y in data:
        for step in range(steps):
            rule.zero_grad()
            loss = torch.nn.functional.mse_loss(twin(x), y)
            losses += [loss.item()] if step == 0 else []
            loss.backward()
            rule.step()
    assert trainer.losses_ == losses
    expected = twin.eval()(data[0][0])
    found = trainer.predict(data[0][0])
    assert torch.equal(found, expected) and not found.requires_grad and not net.training


def test_training_agrees_with_torch(agreement, precision):
    name = "reference_impl.shift.ContinualTrainer"
    with agreement(
        name, "torch.nn.Linear, mse_loss and torch.optim.SGD in a plain loop", precision
    ) as compare:

        @given(
            seed=seeds, steps=st.integers(1, 3), batches=st.integers(1, 3), lr=st.sampled_from([0.01, 0.1])
        )
        def drawn(seed, steps, batches, lr):
            rng = np.random.default_rng(seed)
            weight, x, y = rng.random((1, 2)), rng.random((batches, 3, 2)), rng.random((batches, 3, 1))

            def run(library, weight, x, y):
                if library.name != "the oracle":
                    line = layers.Linear(2, 1, bias=False, rng=np.random.default_rng(0), like=weight)
                    line.load_state_dict({"weight": weight})
                    trainer = ContinualTrainer(line, F.mse_loss, optim.SGD(line.parameters(), lr=lr), steps)
                    for number in range(batches):
                        trainer.update(x[number, ...], y[number, ...])
                    return [trainer.predict(x[0, ...]), line.weight.data]
                theta = weight.clone().requires_grad_()
                for number in range(batches):
                    for _ in range(steps):
                        (gradient,) = torch.autograd.grad(
                            ((x[number] @ theta.mT - y[number]) ** 2).mean(), theta
                        )
                        theta = (theta - lr * gradient).detach().requires_grad_()
                return [(x[0] @ theta.mT).detach(), theta.detach()]

            compare.arrays("training", run, weight, x, y)

        drawn()


def test_a_network_along_a_stream():
    stream = moving_linear_stream(300, 2, speed=0.02, noise=0.05, random_state=3, like=torch.zeros(1))
    line = torch.nn.Linear(2, 1)
    rule = torch.optim.SGD(line.parameters(), lr=0.1)
    trainer = ContinualTrainer(line, torch.nn.functional.mse_loss, rule, steps=3)
    found = prequential_evaluation(
        trainer,
        stream.inputs,
        stream.outputs[:, None],
        loss=lambda f, y: (f - y)[:, 0] ** 2,
        window=50,
        batch=10,
        first=100,
    )
    assert found.errors[-1] < 0.1 and found.errors.dtype == torch.float32 and len(trainer.losses_) == 21


LINE = torch.nn.Linear(1, 1)
RIGHT = {
    "module": LINE,
    "loss": torch.nn.functional.mse_loss,
    "optimizer": torch.optim.SGD(LINE.parameters(), lr=0.1),
}


def test_a_trainer_has_settings_as_every_estimator():
    trainer = ContinualTrainer(**RIGHT, steps=2).update(torch.ones(1, 1), torch.ones(1, 1))
    assert trainer.get_params(deep=False) == RIGHT | {"steps": 2}
    copy = clone(trainer).set_params(steps=3)
    assert copy.module is LINE and (copy.steps, trainer.steps) == (3, 2)
    assert copy.losses_ == [] and len(trainer.losses_) == 1
    with pytest.raises(ValueError, match=r"`steps` \(=0\)"):
        copy.set_params(steps=0)
    assert copy.steps == 3


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"module": 3}, TypeError, r"`module` \(=3\) must be something to call; pass e.g. torch.nn.Linear"),
        ({"loss": torch.nn.MSELoss}, TypeError, "`loss`.*must be something to call"),
        (
            {"optimizer": torch.optim.SGD},
            TypeError,
            "`optimizer`.*must have the method step; pass e.g. torch.optim",
        ),
        ({"optimizer": None}, TypeError, r"`optimizer` \(=None\) must have the method step"),
        ({"steps": 0}, ValueError, r"`steps` \(=0\) must be at least 1"),
    ],
)
def test_bad_trainers_are_named(change, error, words):
    with pytest.raises(error, match=words):
        ContinualTrainer(**(RIGHT | change))


@pytest.mark.parametrize(
    ("losses", "settings", "error", "words"),
    [
        ([1.0], {}, TypeError, "expected an array"),
        (
            np.ones((2, 2)),
            {},
            ValueError,
            r"`losses`.*of shape \(2, 2\).*must have one axis of floats and an entry",
        ),
        (
            np.ones(0),
            {},
            ValueError,
            "must have one axis of floats and an entry; pass one loss for each step",
        ),
        (np.ones(2, int), {}, ValueError, "int64.*must have one axis of floats"),
        (
            np.asarray([1.0, np.nan]),
            {},
            ValueError,
            r"`losses`.*1 entry is NaN or infinite, the first at index \(1,\)",
        ),
        (
            np.ones(2),
            {"fading": 0},
            ValueError,
            r"`fading` \(=0\) must be above 0 and at most 1; pass e.g. fading=0.99",
        ),
        (np.ones(2), {"fading": "1"}, TypeError, r"`fading` \(='1'\) must be a number"),
        (np.ones(2), {"window": 0}, ValueError, r"`window` \(=0\) must be at least 1"),
        (
            np.ones(2),
            {"window": 3, "fading": 0.5},
            ValueError,
            r"`window` \(=3\) can't be joined with `fading` \(=0.5\)",
        ),
    ],
)
def test_bad_losses_are_named(losses, settings, error, words):
    with pytest.raises(error, match=words):
        prequential_error(losses, **settings)


class Mute:
    def predict(self, inputs):
        return inputs[:, 0]

    def partial_fit(self, inputs, targets):
        return self


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (
            {"model": 3},
            TypeError,
            r"`model` \(=3\) must have the methods predict and update; pass e.g. Recursive",
        ),
        (
            {"targets": np.ones(3)},
            ValueError,
            r"`targets`.*of shape \(3,\).*must have 4 rows; pass one target for each",
        ),
        ({"targets": torch.ones(4)}, TypeError, "arrays of one library"),
        ({"inputs": np.full((4, 1), np.inf)}, ValueError, "`inputs`.*4 entries are NaN or infinite"),
        (
            {"first": 4},
            ValueError,
            r"`first` \(=4\) must be below the number of points \(4\); leave points to test on",
        ),
        ({"first": 0}, ValueError, r"`first` \(=0\) must be at least 1"),
        ({"batch": 0}, ValueError, r"`batch` \(=0\) must be at least 1"),
        ({"loss": "hinge"}, ValueError, "`loss`.*choose one of 'squared', 'zero-one'"),
        (
            {"loss": lambda f, y: np.mean(f)},
            ValueError,
            r"`loss`.*must return an array of shape \(1,\); return a loss",
        ),
        ({"detector": DDM}, TypeError, "`detector`.*must be a detector; pass e.g. PageHinkley"),
        ({"restart": True}, ValueError, r"`restart` \(=True\) needs a detector; pass e.g. detector=ADWIN"),
        ({"restart": 1}, TypeError, r"`restart` \(=1\) must be True or False"),
        (
            {"model": Mute(), "restart": True, "detector": ADWIN()},
            TypeError,
            "`model`.*must have the method reset",
        ),
        ({"window": 3, "fading": 0.5}, ValueError, "can't be joined with `fading`"),
        ({"targets": np.asarray([1.0, np.nan, 1.0, 1.0]), "model": Mute()}, ValueError, "`losses`.*NaN"),
    ],
)
def test_bad_evaluations_are_named(change, error, words):
    right = {"model": RecursiveLeastSquares(), "inputs": np.ones((4, 1)), "targets": np.ones(4)}
    with pytest.raises(error, match=words):
        prequential_evaluation(**(right | change))
