"""A lab that is open."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def lab(root: Path) -> Iterator[str]:
    """The address of an open lab about Stockholm."""
    with opened(root) as address:
        yield address


@pytest.fixture(scope="module")
def chinese_lab(root: Path) -> Iterator[str]:
    """The same in Chinese."""
    with opened(root, "--language", "zh_CN") as address:
        yield address


@contextmanager
def opened(root: Path, *more: str) -> Iterator[str]:
    """A lab that is open, and closes without a word of complaint."""
    pytest.importorskip("solara", reason="Solara is not installed: the lab is tested without it")
    command = [sys.executable, "-m", "negotiation", "lab", "--port", "0", *more]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.communicate(timeout=60)[1]
        yield found[0]
        process.send_signal(signal.SIGINT)
        told, wrong = process.communicate(timeout=60)
    # who is first on a computer is told that the rules are being compiled
    wrong = "".join(x for x in wrong.splitlines(keepends=True) if "compil" not in x)
    assert (process.returncode, told, wrong) == (0, "The lab is closed.\n", "")
