"""No test is left out unseen where all must run."""

from __future__ import annotations

from pathlib import Path

import needing
import pytest

HOW = "importor" + "skip"  # pytest's own, which skips with CI=true too


def test_no_test_skips_for_lack_of_a_package_by_itself(root: Path) -> None:
    """They ask `needed`, which fails in `.ci/run`, so a package that a lock file lost is missed."""
    every = sorted((root / "tests").rglob("*.py"))
    found = [path.name for path in every if HOW in path.read_text("utf-8")]
    assert found == []


def test_a_package_that_lacks_fails_where_all_must_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """With CI=true a failure with the reason, else a skip; a module that is there comes back."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no_such_package is not installed"):
        needing.needed("no_such_package")
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="for want of it"):
        needing.needed("no_such_package", "for want of it")
    assert needing.needed("json").loads("1") == 1


def test_what_a_machine_cannot_have_is_skipped_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older Python lacks a package that the locks leave out for it: no failure, with CI=true."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setitem(needing.HERE, "no_such_package", False)
    with pytest.raises(pytest.skip.Exception):
        needing.needed("no_such_package.part")
