"""Where a program runs: in this interpreter's environment, or in one set up for packages that it lacks."""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / "build" / "bench-env"
CONSTRAINTS = ROOT / "constraints.txt"
CLANG = ENVIRONMENT / "bin" / "clang"


def interpreter(packages: Iterable[str]) -> str:
    """Return the Python that has these packages, setting up an environment if need be.

    That environment has the peers of `pyproject.toml`, and sees the packages of this one, torch among them.
    """
    if all(importlib.util.find_spec(package.replace("-", "_")) for package in packages):
        return sys.executable
    python = ENVIRONMENT / "bin" / "python"
    stamp, wanted = ENVIRONMENT / "requirements.txt", _wanted()
    made_of = "\n".join([*wanted, sys.prefix, CONSTRAINTS.read_text()])
    if not stamp.exists() or stamp.read_text() != made_of:
        print(f"setting up {ENVIRONMENT.relative_to(ROOT)}", file=sys.stderr, flush=True)
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        (own,) = ENVIRONMENT.glob("lib/python*/site-packages")
        (own / "project.pth").write_text(sysconfig.get_path("purelib") + "\n")
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(CONSTRAINTS)]
        subprocess.run([str(python), *install, *wanted], check=True)
        CLANG.write_text(f'#!/bin/sh\nexec "{python}" -m ziglang clang "$@"\n')
        CLANG.chmod(0o755)
        stamp.write_text(made_of)
    return str(python)


def _wanted() -> list[str]:
    """The peers that the project's own environment lacks; setuptools stands in for distutils, which Python dropped."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    return [*extras["bench"], "setuptools"]


def settings(threads: int) -> dict[str, str]:
    """Return the environment variables that hold a process to a number of threads, and to the memory that it has.

    Without the latter, what is timed is how often the allocator hands large blocks back to the system. For tinygrad,
    they also name the compiler, which the environment brings with it.
    """
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUM_CPU_THREADS")
    kept = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), str(2**30))
    threaded = "true" if threads > 1 else "false"
    jax = {"XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={threaded}", "JAX_PLATFORMS": "cpu"}
    tinygrad = {"DEV": "CPU", "PARALLEL": "0", "CC": str(CLANG), "CACHEDB": str(ENVIRONMENT / "tinygrad.db")}
    return os.environ | dict.fromkeys(names, str(threads)) | kept | jax | tinygrad
