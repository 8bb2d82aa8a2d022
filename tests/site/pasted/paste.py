"""Run in the reader's environment: each text of a JSON list is saved to a file and run as a program of its own."""

import json
import os
import runpy
import sys
import tempfile
import traceback
from pathlib import Path

import torch._dynamo  # what takes long to import is imported once; the children compute


def run_alone(text: str) -> str:
    """Run a text in a forked child, in an empty folder; the error, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as answer, tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("pasted.py").write_text(text, "utf-8")
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            try:
                runpy.run_path("pasted.py", run_name="__main__")
            except BaseException:
                answer.write(traceback.format_exc())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        error = answer.read()
    _, status = os.waitpid(child, 0)
    return error or ("" if status == 0 else f"its process died ({status})")


assert torch is not None
json.dump([run_alone(text) for text in json.load(sys.stdin)], sys.stdout)
