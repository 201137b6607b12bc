"""What a test cannot do without: skipped where somebody lacks it, failed where all must run."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import pytest

# What the tests' environment has on some machines only, and whether this is one of them.
HERE = {
    "ema_workbench": sys.version_info >= (3, 12),  # older ones do not go with pandas 3
    "negmas": sys.platform == "linux",  # elsewhere it does not go with mesa (see the Makefile)
    "resource": sys.platform != "win32",  # of Python, for Unix
}


def lacking(what: str) -> NoReturn:
    """Skip a test for lack of something; where all must run, as in `.ci/run`, it fails instead."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{what} (with CI=true this is no reason to skip)", pytrace=False)
    pytest.skip(what, allow_module_level=True)


def needed(name: str, why: str = "") -> Any:
    """Return a module that a test needs; without it the test is skipped, or fails, as `lacking`."""
    try:
        return importlib.import_module(name)
    except ImportError:
        what = why or f"{name} is not installed"
        if not HERE.get(name.partition(".")[0], True):
            pytest.skip(what, allow_module_level=True)
        lacking(what)
