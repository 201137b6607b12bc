"""Where every change is checked, tests in a browser run or fail: none is left out unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASKED = (
    "tests/report/test_explorable.py::test_without_javascript_there_are_the_baseline_and_the_cells"
)


@pytest.mark.parametrize(("ci", "told"), [("", "1 skipped"), ("true", "1 error")])
def test_without_a_browser_a_test_skips_and_in_ci_it_fails(root: Path, ci: str, told: str) -> None:
    """On a machine without Chromium; the reason is said both times."""
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-cov", ASKED],
        cwd=root, env=os.environ | {"CI": ci, "PATH": str(root / "nowhere")}, text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert told in found.stdout.splitlines()[-1], found.stdout + found.stderr
    assert "no Chromium here" in found.stdout
    assert found.returncode == (1 if ci else 0)


def test_ci_installs_what_the_browser_tests_need_and_says_so(root: Path) -> None:
    """`.ci/run` gets Chromium and npm where it may, and none may be skipped."""
    script = (root / ".ci" / "run").read_text("utf-8")
    before, _, _ = script.partition("make test")
    assert "export CI=true" in before
    assert "chromium" in before and "npm" in before
