"""States in files, and between modules of this package and of torch."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from libraries import ORACLE
from twins import make, some

from reference_impl.layers import (
    LSTM,
    Linear,
    MultiheadAttention,
    Sequential,
    Tanh,
    TransformerEncoderLayer,
    copy_state,
    load_state,
    save_state,
)


def model(seed=0, dtype=np.float64, hidden=3):
    rng, like = np.random.default_rng(seed), np.empty(0, dtype)
    return Sequential(Linear(2, hidden, rng=rng, like=like), Tanh(), Linear(hidden, 2, rng=rng, like=like))


def test_what_is_saved_is_loaded_to_the_last_bit_on_every_library(library, tmp_path, precision):
    layer = make(library, "LSTM", 2, 3, dtype=precision, num_layers=2)
    save_state(layer, tmp_path / "model.npz")
    other = make(library, "LSTM", 2, 3, dtype=precision, num_layers=2)
    for parameter in other.parameters():
        parameter.data[...] = 0.0
    before = [parameter.data for parameter in other.parameters()]
    load_state(other, tmp_path / "model.npz")
    for parameter, array, wanted in zip(other.parameters(), before, layer.parameters(), strict=True):
        assert parameter.data is array, "parameters are loaded in place"
        assert np.array_equal(library.values(parameter), library.values(wanted))


@pytest.mark.parametrize("name", ["save_state", "load_state"])
def test_a_file_carries_a_model_as_torch_computes_it(name, agreement, precision, tmp_path):
    oracle = "torch.nn.LSTM with what numpy.load reads" if name == "save_state" else "torch.nn.LSTM"
    with agreement(f"reference_impl.layers.{name}", oracle, precision) as compare:

        @some
        @given(seed=seeds)
        def drawn(seed):
            path = tmp_path / "model.npz"
            twin = make(ORACLE, "LSTM", 2, 3, dtype=precision)
            state = {
                key: values(seed + number, tuple(array.shape)).astype(precision)
                for number, (key, array) in enumerate(twin.state_dict().items())
            }

            def run(library, x):
                layer = make(library, "LSTM", 2, 3, dtype=precision)
                if library is ORACLE:
                    layer.load_state_dict({key: torch.tensor(array) for key, array in state.items()})
                elif name == "save_state":
                    layer.load_state_dict(state)
                    save_state(layer, path)
                    with np.load(path) as file:
                        twin.load_state_dict({key: torch.tensor(file[key]) for key in file.files})
                    for key, array in twin.state_dict().items():
                        assert np.array_equal(array, state[key])
                else:
                    np.savez(path, **state)
                    load_state(layer, path)
                return layer(x)[0]

            compare(run, values(seed, (3, 2, 2)), sums=True)

        drawn()


def test_weights_travel_to_torch_and_back(agreement, precision):
    with agreement(
        "reference_impl.layers.copy_state", "torch.nn.TransformerEncoderLayer", precision
    ) as compare:

        @some
        @given(seed=seeds)
        def drawn(seed):
            torch.manual_seed(seed)
            source = torch.nn.TransformerEncoderLayer(4, 2, 3, 0.0, dtype=getattr(torch, precision))

            def run(library, x):
                layer = make(library, "TransformerEncoderLayer", 4, 2, 3, 0.0, dtype=precision)
                if library is ORACLE:
                    ours = TransformerEncoderLayer(
                        4, 2, 3, 0.0, rng=np.random.default_rng(1), like=np.empty(0, precision)
                    )
                    copy_state(source, ours)
                    copy_state(ours, layer)
                else:
                    copy_state(source, layer)
                return layer(x)

            compare(run, values(seed, (3, 2, 4)), sums=True)

        drawn()


def test_copies_share_no_memory():
    ours, theirs = model(), torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2))
    copy_state(ours, theirs)
    before = ours[0].weight.data.copy()
    theirs[0].weight.data += 1.0
    assert np.array_equal(ours[0].weight.data, before)
    copy_state(theirs, ours)
    np.testing.assert_allclose(ours[0].weight.data, before + 1.0, rtol=1e-6)


def test_a_shared_parameter_is_saved_under_each_name_and_stays_shared(tmp_path):
    def tied(seed):
        net = model(seed, hidden=2)
        net[2].weight = net[0].weight
        return net

    one, other = tied(0), tied(1)
    assert len(list(one.parameters())) == 3
    save_state(one, tmp_path / "tied.npz")
    load_state(other, tmp_path / "tied.npz")
    assert other[0].weight is other[2].weight
    assert np.array_equal(other[0].weight.data, one[0].weight.data)
    assert len(list(other.parameters())) == 3
    theirs = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh(), torch.nn.Linear(2, 2)).double()
    theirs[2].weight = theirs[0].weight
    copy_state(one, theirs)
    assert len(list(theirs.parameters())) == 3
    x = values(0, (4, 2))
    np.testing.assert_allclose(one(x).data, theirs(torch.tensor(x)).detach(), rtol=1e-13)


@pytest.mark.parametrize(
    ("other", "error", "words"),
    [
        (
            lambda: model(hidden=4),
            RuntimeError,
            r"size mismatch for 0.weight: copying a param with shape \(3, 2\)",
        ),
        (
            lambda: model(dtype=np.float32),
            TypeError,
            "`0.weight` in the file is float64, and float32 in the model",
        ),
        (
            lambda: LSTM(2, 3, rng=np.random.default_rng(0)),
            RuntimeError,
            r'loading state_dict for LSTM: Missing key\(s\) in state_dict: "(weight|bias)_',
        ),
        (
            lambda: Linear(2, 3, rng=np.random.default_rng(0)),
            RuntimeError,
            r'Unexpected key\(s\) in state_dict: "[02]\.(weight|bias)"',
        ),
    ],
    ids=["another shape", "another dtype", "another model", "a part of it"],
)
def test_the_state_of_another_model_is_refused_and_changes_nothing(other, error, words, tmp_path):
    save_state(model(), tmp_path / "model.npz")
    target = other()
    before = {name: array.copy() for name, array in target.state_dict().items()}
    with pytest.raises(error, match=words):
        load_state(target, tmp_path / "model.npz")
    for name, array in target.state_dict().items():
        assert np.array_equal(array, before[name])


def test_files_that_hold_no_state_are_refused(tmp_path):
    path = tmp_path / "model.npz"
    path.write_bytes(b"not a state")
    with pytest.raises(ValueError, match="must be a state written by save_state"):
        load_state(model(), path)
    np.save(tmp_path / "array.npy", np.ones(3))
    with pytest.raises(ValueError, match="must be a state written by save_state"):
        load_state(model(), tmp_path / "array.npy")
    np.savez(path, **{"0.weight": np.asarray([{}], dtype=object)})
    with pytest.raises(
        ValueError, match="must be a state written by save_state: Object arrays cannot be loaded"
    ):
        load_state(model(), path)
    with pytest.raises(ValueError, match=r"`path` \(='.*model.pt'\) must end in .npz, as NumPy would add it"):
        save_state(model(), tmp_path / "model.pt")
    with pytest.raises(FileNotFoundError):
        load_state(model(), tmp_path / "nothing.npz")


def test_what_is_no_module_is_refused():
    with pytest.raises(
        TypeError, match=r"`target` \(a dict\) must be a module; pass one with state_dict\(\)"
    ):
        copy_state(model(), {})
    with pytest.raises(RuntimeError, match="Missing key"):
        copy_state(model(), MultiheadAttention(4, 2, rng=np.random.default_rng(0)))
