"""Timing in turn: a program with several cases makes what it was told, and forgets the times of the case before."""

import io
import json

import pytest

from benchmarks import answering
from benchmarks.in_turn import Running, ratio, time_rounds


class Scripted:
    """A process that notes what it is asked, and answers from a list."""

    def __init__(self, *answers):
        self.stdin = io.StringIO()
        self.stdout = io.StringIO("".join(f"{json.dumps(answer)}\n" for answer in answers))

    def wait(self):
        return 1


def test_repetitions_fill_a_round_and_a_ratio_is_of_rounds():
    slow = Running("slow", 1, Scripted(0.01, 0.02, 0.02, 0.04, 0.06))
    fast = Running("fast", 1, Scripted(0.002, 0.02, 0.02, 0.02, 0.02))
    time_rounds("both", [slow, fast], rounds=3)
    assert (slow.repetitions, fast.repetitions) == (2, 10)
    assert slow.process.stdin.getvalue() == "1\n2\n2\n2\n2\n"
    assert slow.seconds == [0.01, 0.02, 0.03]
    assert ratio(slow, fast) == pytest.approx(10)


def test_another_case_starts_without_times():
    running = Running("one", 1, Scripted({"sums": [1.0]}), seconds=[3.0])
    running.choose([1, 16, 7])
    assert (running.first, running.seconds) == ({"sums": [1.0]}, [])
    assert running.process.stdin.getvalue() == "[1, 16, 7]\n"


def test_a_program_that_ended_is_an_error():
    with pytest.raises(RuntimeError, match="one ended with exit code 1; its error stands above"):
        Running("one", 1, Scripted()).choose("Adam")


def test_the_other_side_makes_cases_and_times_their_repetitions(monkeypatch, capsys):
    made = []

    def make(case):
        return {"case": case}, lambda count: made.append((case, count))

    monkeypatch.setattr("sys.stdin", io.StringIO('"Adam"\n3\n[1, 16, 7]\n2\n'))
    answering.serve_cases({"versions": {}}, make)
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert made == [("Adam", 3), ([1, 16, 7], 2)]
    assert answers[:2] == [{"versions": {}}, {"case": "Adam"}] and answers[3] == {"case": [1, 16, 7]}
    assert all(0 <= seconds < 1 for seconds in answers[2::2])
