"""The lessons opened as a teacher opens them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60  # seconds
Tries = Callable[[Any, str, Sequence[tuple[str, str]]], None]


@pytest.fixture(scope="session")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the lessons as `make lessons` opens them, the browser left out."""
    with opened(root, tmp_path_factory.mktemp("marimo") / "log", "en") as address:
        yield address


@pytest.fixture(scope="module")
def served_in_chinese(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the lessons as `make lessons LANGUAGE=zh_CN` opens them."""
    with opened(root, tmp_path_factory.mktemp("marimo") / "log", "zh_CN") as address:
        yield address


@pytest.fixture(scope="session")
def tries() -> Tries:
    """Gives answers one after another, and waits for what is said of each."""

    def tried(page: Any, label: str, answers: Sequence[tuple[str, str]]) -> None:
        box = page.get_by_label(label)
        for given, said in answers:
            box.fill(given)
            box.press("Enter")
            page.wait_for_function(
                "said => document.querySelector('.verdict')?.innerText.includes(said)", arg=said
            )

    return tried


@contextmanager
def opened(root: Path, log: Path, language: str) -> Iterator[str]:
    """The lessons in a language, on a port that is free."""
    makefile = (root / "Makefile").read_text("utf-8")
    recipe = re.search(
        r"^lessons:.*\n\t@\$\(BIN\)/python -m (.*) \$\(LANGUAGE\) (.*) \$\(ARGS\)$", makefile, re.M
    )
    assert recipe is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", *recipe[1].split(), language, *recipe[2].split(),
        "--port", str(port), "--headless",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    with log.open("w") as file, subprocess.Popen(
        command, cwd=root, stdout=file, stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as process:  # fmt: skip
        until = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < until, log.read_text()
                time.sleep(0.2)
        yield address
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
