"""A browser for the lessons, and the lessons opened as a teacher opens them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 60  # seconds


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser without a screen."""
    sync = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here: the lessons are tested without a browser only")
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker of accessibility, from npm."""
    if shutil.which("npm") is None:
        pytest.skip("no npm here: axe-core cannot be had")
    folder = tmp_path_factory.mktemp("axe")
    got = subprocess.run(
        ["npm", "pack", "axe-core@4", "--silent"], cwd=folder, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    if got.returncode:
        pytest.skip(f"npm has no axe-core: {got.stderr.strip()[:200]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    return folder / "package" / "axe.min.js"


@pytest.fixture(scope="session")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the lessons as `make lessons` opens them, the browser left out."""
    makefile = (root / "Makefile").read_text("utf-8")
    recipe = re.search(r"^lessons:.*\n\t@\$\(BIN\)/(marimo run .*) \$\(ARGS\)$", makefile, re.M)
    assert recipe is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *recipe[1].split(), "--port", str(port), "--headless"]
    address = f"http://127.0.0.1:{port}/"
    log = tmp_path_factory.mktemp("marimo") / "log"
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
