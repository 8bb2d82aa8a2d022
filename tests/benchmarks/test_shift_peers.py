"""What the benchmarks of shift share: a worker that reads arrays and answers, and peers that may be missing."""

import json

import numpy as np
import pytest

from benchmarks.shift import environments
from benchmarks.shift.environments import PINS, NoEnvironment, python_of
from benchmarks.shift.peers import Peer, ask, save, started_peers
from benchmarks.shift.statistics import median_with_error, paired_ratio, rounded, with_error
from benchmarks.shift.worker import answer, read
from benchmarks.shift_labels.peers import PEERS as LABELS
from benchmarks.shift_scale.peers import MIDDLE, SMALL
from benchmarks.shift_streams.peers import PEERS as STREAMS
from benchmarks.shift_tests.peers import PEERS as TESTS
from benchmarks.shift_weights.peers import PEERS as WEIGHTS

ALL = [*WEIGHTS, *LABELS, *STREAMS, *TESTS, *SMALL, *MIDDLE]


def test_every_environment_is_pinned_exactly_and_belongs_to_a_peer():
    names = {path.stem for path in PINS.glob("*.txt")}
    assert names == {peer.environment for peer in ALL if peer.environment}
    for name in names:
        for line in (PINS / f"{name}.txt").read_text().splitlines():
            package, version = line.split("==")
            assert package and version[0].isdigit(), f"{name}: {line}"


def test_a_worker_runs_a_method_on_the_arrays_in_a_folder(tmp_path):
    saved = save(tmp_path / "arrays", {"source": np.arange(3.0), "target": np.asarray(2)})
    assert set(read(str(saved))) == {"source", "target"}

    def scaled(arrays, seed):
        return lambda: arrays["source"] * arrays["target"] + seed

    about, repeat = answer({"scaled": scaled}, {"method": "scaled", "arrays": str(saved), "seed": 5})
    assert about["values"] == [5.0, 7.0, 9.0] and about["seconds"] > 0
    assert about["peak"] is None or about["peak"] >= 0
    repeat(2)


def test_a_method_that_fails_is_told_with_the_error(tmp_path, capsys):
    def failing(arrays, seed):
        print("a package that talks")
        raise MemoryError("26.8 GiB")

    about, _ = answer({"failing": failing}, {"method": "failing", "arrays": str(tmp_path), "seed": 0})
    assert about == {"failed": "MemoryError: 26.8 GiB"}
    assert capsys.readouterr().out == "", "what a package prints must not reach the answers"


def test_the_highest_memory_is_that_of_the_method(tmp_path):
    def large(arrays, seed):
        return lambda: np.ones(8_000_000).sum()

    about, _ = answer({"large": large}, {"method": "large", "arrays": str(tmp_path), "seed": 0})
    assert about["peak"] is None or 0.9 * 64e6 < about["peak"] < 3 * 64e6


def test_a_peer_without_an_environment_is_left_out_with_the_reason(tmp_path, monkeypatch):
    def refused(environment):
        if environment == "absent":
            raise NoEnvironment("pip could not install it (exit code 1)")
        return python_of(environment)

    monkeypatch.setattr("benchmarks.shift.peers.python_of", refused)
    ours = STREAMS[0]
    with started_peers([Peer("absent", "none", "absent", ("x",)), ours], threads=1) as asked:
        assert asked.not_run == {"absent": "pip could not install it (exit code 1)"}
        ((peer, process),) = asked.running
        saved = save(tmp_path / "arrays", {"values": np.repeat([0.0, 1.0], 2000)})
        (first, *_) = ask(process, "ADWIN", saved, 0)["values"]
    assert peer is ours and set(asked.versions) == {ours.name} and 2000 <= first < 2064


def test_an_environment_is_made_once_and_an_error_if_pip_refuses(tmp_path, monkeypatch):
    calls = []

    def create(folder, with_pip, clear):
        calls.append(folder.name)
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        python = folder / "bin" / "python"
        python.write_text('#!/bin/sh\ngrep -q good "$8"\n')
        python.chmod(0o755)

    monkeypatch.setattr(environments.venv, "create", create)
    for name, folder in (("PINS", tmp_path), ("ROOT", tmp_path), ("ENVIRONMENTS", tmp_path / "made")):
        monkeypatch.setattr(environments, name, folder)
    for name in ("good", "bad"):
        (tmp_path / f"{name}.txt").write_text(f"{name}==1.0\n")
    assert python_of("good") == python_of("good") == str(tmp_path / "made" / "good" / "bin" / "python")
    assert calls == ["good"]
    (tmp_path / "good.txt").write_text("good==1.1\n")
    python_of("good")
    assert calls == ["good", "good"], "other versions need another environment"
    with pytest.raises(NoEnvironment, match=r"pip could not install it \(exit code 1\)"):
        python_of("bad")
    assert not (tmp_path / "made" / "bad" / "requirements.txt").exists()


def test_medians_come_with_the_error_of_resampling():
    values = np.random.default_rng(1).normal(size=400)
    median, error = median_with_error(values.tolist())
    assert median == pytest.approx(np.median(values))
    assert error == pytest.approx(np.sqrt(np.pi / 2 / 400), rel=0.25), "that of a normal sample"
    assert median_with_error([2.0, 2.0]) == (2.0, 0.0)


def test_a_paired_ratio_uses_the_seeds_that_both_have():
    ratio, error = paired_ratio([2.0, 4.0, 8.0, 100.0], [1.0, 2.0, 4.0])
    assert (ratio, error) == (2.0, 0.0), "every seed has the same ratio, and the fourth has no partner"


@pytest.mark.parametrize(
    ("value", "error", "written"),
    [(0.1234, 0.0123, "0.123 ± 0.012"), (12.34, 3.2, "12.3 ± 3.2"), (0.5, 0.0, "0.5000 ± 0.0000")],
)
def test_a_number_is_written_with_two_digits_of_its_error(value, error, written):
    assert with_error(value, error) == written


def test_rounding_keeps_four_digits():
    assert json.dumps([rounded(0.000123456), rounded(123456)]) == "[0.0001235, 123500.0]"
