"""`shapecalc`: its answers, its exit codes, and that no input gives a traceback."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.shapes import cli, network_table, ready_network
from reference_impl.shapes.cli.parser import EPILOG
from reference_impl.shapes.network.ready import READY

ROOT = Path(__file__).parents[3]
EXAMPLES = [line.strip() for line in EPILOG.split("\n") if line.startswith("  shapecalc")]


@pytest.fixture
def run(capsys):
    """Give a function that runs a command line and returns exit code, output and errors."""

    def call(line):
        try:
            code = cli.main(shlex.split(line))
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_help_run(run, example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my.txt").write_text("input 1x28x28\nconv 8 5\nflatten\nlinear 10\n", "utf-8")
    code, out, err = run(example.removeprefix("shapecalc "))
    assert (code, err) == (0, "")
    assert out.strip()


def test_the_commands_of_the_reference_run(run):
    page = (ROOT / "docs" / "en" / "reference" / "shapes" / "index.md").read_text("utf-8")
    blocks = re.findall(r"^```console .*\n\$ shapecalc (.*)\n([^`]*)```$", page, flags=re.M)
    assert len(blocks) == page.count("```console") == 3
    for line, answer in blocks:
        assert run(line) == (0, answer, "")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "conv 3x224x224 --out 64 --kernel 7 --stride 2 --padding 3",
            "output      64x112x112\nparameters  9,472\nmacs        118,013,952\n",
        ),
        (
            "conv 4x9 --out 2 --kernel 3 --groups 2 --no-bias --padding 1,2 --explain",
            "output      2x10\nparameters  12\nmacs        120\n\n"
            "⌊(9 + 1 + 2 − 1·(3−1) − 1) / 1⌋ + 1 = 10\n2·(4/2·3+0) = 12\n2·4/2·10·3 = 120\n",
        ),
        (
            "conv-transpose 4x9 --out 2 --kernel 3 --stride 2 --output-padding 1",
            "output      2x20\nparameters  26\nmacs        216\n",
        ),
        ("pool 64x112x112 --kernel 3 --stride 2 --padding 1 --ceil", "output  64x57x57\n"),
        ("pool 2x9 --kernel 2", "output  2x4\n"),
        (
            "solve conv 32 16 --kernel 4",
            "dilation=1  kernel_size=4  stride=2  padding=1\ndilation=2  kernel_size=4  stride=2  padding=3\n",
        ),
        ("solve pool 9x8 9x9 --stride 2 --kernel 2 --explain", ""),
        (
            "inputs 4 --kernel 3 --stride 2 --padding 1",
            "7 (undone with output_padding=0), 8 (undone with output_padding=1)\n",
        ),
        ("rf 'conv 1 3x5; conv 1 3' --dimensions 2", "size    5x7\njump    1x1\noffset  0x0\n"),
        (
            "rf 'a: conv 1 3 stride=2 padding=1; conv 1 3 dilation=2 padding=2; add a' --explain",
            "size    11\njump    2\noffset  -5\n\n"
            "conv2: 0·1 − 2 = −2\nconv2: 0·1 − 2 + 4 = 2\n"
            "a: (−2)·2 − 1 = −5\na: 2·2 − 1 + 2 = 5\n5 − (−5) + 1 = 11\n(−3 − (−5))/1 = 2\n",
        ),
        (
            "rf 'conv 1 3; upsample scale_factor=2' --explain",
            "size    3\njump    0.5\noffset  0\n\nupsample2: ⌈(0 + 0 − 1) / 2⌉ = 0\n"
            "upsample2: ⌊(0 + 0) / 2⌋ = 0\nconv1: 0·1 − 0 = 0\nconv1: 0·1 − 0 + 2 = 2\n2 − 0 + 1 = 3\n",
        ),
        (
            "inputs 4 --kernel 3 --stride 2 --padding 1,2 --explain",
            "6 (undone with output_padding=0), 7 (undone with output_padding=1)\n\n"
            "(4−1)·2 − 1 − 2 + 1·(3−1) + 1 = 6\n",
        ),
        ("frames 1000", "frames  98\n"),
        ("frames 1000 --center", "frames  101\n"),
        ("frames 1009 --window 20 --hop 15 --explain", "frames  66\n\n⌊(1009 − 20) / 15⌋ + 1 = 66\n"),
    ],
)
def test_answers_for_people(run, line, answer):
    code, out, err = run(line)
    if answer:
        assert (code, out, err) == (0, answer, "")
    else:
        assert code == 1
        assert out.startswith("no solution within the limits; sizes that come nearest: ")
        assert out.endswith(
            "searched: dilation=1  ceil_mode=False..True  kernel_size=2  stride=2  padding=0..3\n"
        )


@pytest.mark.parametrize(
    ("line", "code", "data"),
    [
        ("conv 3x8x8 --out 4 --kernel 3 --json", 0, {"output": [4, 6, 6], "parameters": 112, "macs": 3888}),
        ("pool 3x8x8 --kernel 3x1 --json", 0, {"output": [3, 2, 8]}),
        ("inputs 4x2 --kernel 3 --stride 2x1 --json", 0, [[[9, 0], [10, 1]], [[4, 0]]]),
        ("inputs 1 --kernel 1 --padding 5 --json", 1, []),
        ("rf 'conv 1 3 stride=2' --json", 0, {"size": 3, "jump": 2, "offset": 0}),
        ("frames 1000 --json", 0, {"frames": 98}),
    ],
)
def test_answers_for_programs(run, line, code, data):
    found = run(line)
    assert (found[0], json.loads(found[1])) == (code, data)


def test_solutions_for_programs(run):
    code, out, _ = run("solve conv-transpose 7 14 --stride 2 --padding 1 --limit dilation=1 --json")
    assert code == 0
    assert [option["kernel_size"] for option in json.loads(out)["options"]] == [4, 3]
    code, out, _ = run("solve conv 10 30 --kernel 3 --json")
    assert (code, json.loads(out)["nearest"]) == (1, [14])


@pytest.mark.parametrize("name", sorted(READY))
def test_ready_networks(run, name):
    code, out, _ = run(f"net {name} --json")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(network_table(ready_network(name)).data))


def test_the_arithmetic_of_a_network_names_its_layers(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("input 1x9; conv 2 3; relu; flatten; out: linear 4"))
    code, out, _ = run("net - --explain")
    assert code == 0
    assert out.split("\n\n")[2] == (
        "conv1: ⌊(9 + 2·0 − 1·(3−1) − 1) / 1⌋ + 1 = 7\nconv1: 2·(1/1·3+1) = 8\nconv1: 2·1/1·7·3 = 42\n"
        "flatten3: 2·7 = 14\nout: 4·(14+1) = 60\nout: 1·4·14 = 56\n"
    )
    code, out, _ = run("net lenet5 --explain --json")
    assert json.loads(out)["derivation"][2]["layer"] == "conv1"
    assert "derivation" not in json.loads(run("net lenet5 --json")[1])


def test_networks_from_a_file_and_from_standard_input(run, tmp_path, monkeypatch):
    text = "input 1x28x28\nconv 8 5\nflatten\nlinear 10\n"
    file = tmp_path / "small.txt"
    file.write_text(text, "utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert run(f"net {file} --flops") == run("net - --flops")
    table = network_table(text, (1, 20, 20), unit="flop", count_bias=True)
    code, out, _ = run(f"net {file} --input 1x20x20 --flops --bias --json")
    assert (code, json.loads(out)["cost"]) == (0, table.cost)


def test_messages_from_the_line_and_from_standard_input(run, monkeypatch):
    message = "mat1 and mat2 shapes cannot be multiplied (4x7 and 10x3)"
    code, out, _ = run(f"explain '{message}'")
    assert code == 0
    assert "Make the layer with in_features=7" in out
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"Traceback\nRuntimeError: {message}\n"))
    assert run("explain") == (0, out, "")
    code, out, _ = run(f"explain '{message}' --json")
    assert json.loads(out)["numbers"][1] == {"value": "7", "meaning": "columns of the input, its features"}
    code, out, _ = run(f"explain '{message}' --explain")
    assert out.endswith("\n\nrecognised: mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})\n")
    code, out, _ = run("inputs 1 --kernel 1 --padding 5 --explain --json")
    assert (code, json.loads(out)["inputs"]) == (1, [])
    assert json.loads(out)["derivation"][0]["numbers"] == "(1−1)·1 − 2·5 + 1·(1−1) + 1"
    assert run("explain 'out of memory'") == (1, "no known message of torch about shapes\n", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("conv 3x4x4 --out 8 --kernel 5", "shapecalc: `kernel_size` (=5) with dilation 1 spans 5"),
        ("conv 3 --out 8 --kernel 5", "`3` must be channels and a size; write e.g. 3x224x224"),
        ("conv 3x9 --out 8 --kernel five", "`five` is no number and no size"),
        ("conv 3x9 --out 8", "the following arguments are required: --kernel"),
        ("conv 3x9 --out 4 --kernel 3 --groups 2", "`in_channels` (=3) must be divisible by groups (2)"),
        ("solve conv 9 4 --limit kernel=3", "names no argument that is searched"),
        ("net nothing.txt", "`nothing.txt` is no file and no ready network; choose among alexnet"),
        ("net .", "shapecalc: "),
        ("net lenet5 --input 1x28x28", "layer `conv7` (conv) cannot take (16, 4, 4)"),
        ("rf 'wool 3'", "names no kind of layer"),
        ("frames 10", "`window_ms` (=25) is longer than the recording of 10 ms"),
        ("fold 3", "invalid choice"),
        ("", "required"),
    ],
)
def test_wrong_use_is_told(run, line, words):
    code, out, err = run(line)
    assert (code, out) == (2, "")
    assert words in err


WORDS = st.sampled_from(
    ["3", "0", "-1", "3x8x8", "9", "1,2", "same", "x", "", "1e3", "9" * 30, "--kernel", "--json", "conv 3"]
)


@given(st.sampled_from(sorted(cli.COMMANDS)), st.lists(WORDS, max_size=7))
def test_no_command_line_gives_a_traceback(command, words):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("conv 3"))
        try:
            code = cli.main([command, *words])
        except SystemExit as stop:
            code = stop.code
    assert code in (0, 1, 2)


def test_it_runs_as_a_module():
    line = [sys.executable, "-m", "reference_impl.shapes", "frames", "1000"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "frames  98\n"
