"""How the command ends when it cannot do what was asked: one sentence, and the code for it."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import Result

from negotiation import folders, patience
from negotiation.cli.exits import Sentences
from negotiation.cli.first_use import hushed, why_it_takes_long
from negotiation.cli.verbs import odds as odds_verb
from negotiation.cli.verbs import tournament as tournament_verb

WRONG = [
    (("odds", "--runs", "0"), "--runs = 0 is out of range; allowed: from 1"),
    (("odds", "--runs", "abc"), "'abc' is not a whole number"),
    (("odds", "--within", "abc"), "--within = 'abc': expected a number of points"),
    (("odds", "--within", "nan"), "expected a number of points, such as 0.5"),
    (("odds", "--within", "0"), "allowed: from 0.02 to 50, in points"),
    (("compare", "--within", "1", "--runs", "5"), "leave out --runs"),
    (("odds", "--seed", "-1"), "--seed = -1 is out of range"),
    (("odds", "--workers", "0"), "--workers = 0 is out of range"),
    (("odds", "--set", "deadline.ultimatum"), "write KEY=VALUE"),
    (("odds", "--set", "=3"), "write KEY=VALUE"),
    (("odds", "--set", "us.patiense=1"), "Did you mean 'patience'?"),
    (("odds", "--set", "us.patience=1.4"), "us.patience: 1.4 is above 1"),
    (("odds", "--set", "us.patience=high"), "us.patience = 'high': expected a number"),
    (("odds", "--set", "us.patience=nan"), "expected a finite number"),
    (("odds", "--set", "deadline.accident=1.4"), "deadline.accident: 1.4 is above 1"),
    (
        ("odds", "--set", "deadline.ultimatum={low=3,high=1,distribution='uniform'}"),
        "has no support",
    ),
    (("odds", "--set", "calendar.horizon=2024-01-01"), "is not before horizon"),
    (("odds", "--set", "calendar.horizon=soon"), "expected a date such as 2025-08-12"),
    (("odds", "--set", "us.types.stance.7=3"), "there is no entry 7; allowed: 0 to 2"),
    (("odds", "--us", "boulwear"), "Did you mean 'boulware'?"),
    (("odds", "stockhlom-2025"), "Did you mean 'stockholm-2025'?"),
    (("odds", ""), "allowed: buenos-aires-2018"),
    (("odds", "a" * 5000), "does not exist"),
    (("odds", "missing.toml"), "there is no such file"),
    (("odds", "."), "this is a folder"),
    (("odds", "--out", "file/inside"), "nothing can be written there"),
    (("odds", "--rums", "3"), "--runs"),
    (("odds", "stockholm-2025", "other"), "other"),
    (("run", "--run", "-3"), "--run = -3 is out of range"),
    (("scenario", "check", "file"), "not valid TOML"),
    (("scenario", "check", "binary.toml"), "not text (UTF-8)"),
    (("domain", "a.xml", "b.xml", "c.xml"), "a.xml: there is no such file"),
    (("ods",), "Did you mean 'odds'?"),
    (("odds", "--runs", "1e999999999"), "'1e999999999' is out of range"),
    (("odds", "--runs", "2.5"), "'2.5' is not a whole number"),
    (("odds", "--runs", "nan"), "'nan' is not a whole number"),
    (("odds", "--set", "us.types.stance_prior.0=nan"), "expected a finite number"),
    (("odds", "--set", "us.precision=1e308"), "expected a number of at most 1000000000000"),
    (("odds", "--set", "issues.market_access.full=inf"), "expected a finite number"),
    (("odds", "--set", f"us.precision={'9' * 5000}"), "a number has too many digits"),
    (("odds", "--set", "name="), "name: expected at least 1 character"),
    (("odds", "--set", "calendar.extension_days=0"), "expected a number of at least 1"),
    (("scenario", "check", "deep.toml"), "nested too deeply"),
    (("scenario", "check", "digits.toml"), "a number has too many digits"),
    (("sweep", "binary.toml"), "not text (UTF-8)"),
    (("sweep", "."), "expected a design file"),
    (
        ("odds", "split-the-pie", "--runs", "1", "--out", "taken"),
        "odds.json: not written, because it is a folder",
    ),
    (
        ("tournament", "--runs", "2", "--out", "taken"),
        "tournament.json: not written, because it is a folder",
    ),
    (("sensitivity", "--out", "taken"), "sensitivity.json: not written, because it is a folder"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_input(
    negotiation: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Wrong input ends with code 2 and one sentence on standard error that says what is wrong."""
    (tmp_path / "file").write_text("= no key\n")
    (tmp_path / "binary.toml").write_bytes(b"\x00\xff\xfe\x93")
    (tmp_path / "deep.toml").write_text(f"a = {'[' * 20_000}")
    (tmp_path / "digits.toml").write_text(f"a = {'9' * 5000}")
    for verb in ("odds", "sensitivity", "tournament"):
        (tmp_path / "taken" / f"{verb}.json").mkdir(parents=True)
    result = negotiation(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stderr.rstrip().endswith((".", "?"))
    assert "?." not in result.stderr and ".." not in result.stderr.replace(" ... ", " ")
    assert not result.stderr.startswith(":")


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_setting_brings_a_traceback(negotiation: Callable[..., Result], text: str) -> None:
    """Whatever stands behind --set is either understood or refused in words."""
    result = negotiation("theory", "split-the-pie", "--quiet", "--set", f"us.{text}")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("module", [odds_verb, tournament_verb])
def test_interrupt(
    negotiation: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    module: ModuleType,
) -> None:
    """Ctrl-C ends with code 3 and a sentence, not with a traceback, and leaves no empty folder."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "estimate" if module is odds_verb else "play", interrupted)
    verb = module.__name__.rpartition(".")[2]
    result = negotiation(verb, "split-the-pie", "--csv", "tables/all.csv", "--out", "a/b")
    assert result.exit_code == 3
    assert result.stderr.strip() == "Interrupted: nothing more was written."
    assert list(tmp_path.iterdir()) == []


def test_interrupt_leaves_folders_that_were_there(
    negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is empty by somebody else's wish stays; what was made to try it goes."""
    (tmp_path / "mine").mkdir()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(odds_verb, "estimate", interrupted)
    assert negotiation("odds", "split-the-pie", "--out", "mine/a/b").exit_code == 3
    assert list(tmp_path.rglob("*")) == [tmp_path / "mine"]


def test_interrupt_while_arguments_are_read(
    negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C before a verb has begun is code 3 as well, not the 130 of the library."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Sentences, "make_context", interrupted)
    assert negotiation("odds", "split-the-pie").exit_code == 3


def test_full_disk(negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without space is said in a sentence."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(odds_verb, "estimate", full)
    result = negotiation("odds", "split-the-pie")
    assert result.exit_code == 2
    assert result.stderr == "the output: cannot be written (no space left on device).\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without an end here")
@pytest.mark.parametrize(
    "arguments", [("odds", "endless.toml"), ("sweep", "endless.toml"), ("hindcast", "endless.csv")]
)
def test_a_file_without_an_end_is_not_read_for_ever(
    negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """A name may lead to a device."""
    monkeypatch.setattr(folders, "LARGEST", 1_000)
    Path(arguments[1]).symlink_to("/dev/zero")
    result = negotiation(*arguments)
    assert result.exit_code == 2, result.output
    assert arguments[1] in result.stderr and "file too large" in result.stderr.lower()


def test_our_own_defect_is_not_hidden(
    negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that is not the user's ends with code 1 and keeps its traceback."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(odds_verb, "estimate", broken)
    result = negotiation("odds", "split-the-pie")
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize("quiet", [False, True])
def test_what_takes_long_is_said(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error; with --quiet only what may never end by itself."""
    with why_it_takes_long():
        assert hushed(quiet) is quiet
        for listener in patience.listeners:
            listener("A remark.", False)
            listener("A wait.", True)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "A wait.\n" if quiet else "A remark.\nA wait.\n")
    assert not patience.listeners


EARLY = [
    (("run", "--fork", "someday"), "fork: 'someday' is not understood"),
    (("run", "--fork", "2025-08-12:us.yield=perhaps"), "yield cannot be 'perhaps'"),
    (("sensitivity", "--samples", "100"), "a power of two"),
    (("sensitivity", "--method", "prcc", "--samples", "5"), "at least"),
    (("sensitivity", "--seed", "5_000_000_000"), "--seed = 5000000000 is out of range"),
    (("tournament", "--strategy", "nowhere:Mine", "--runs", "2"), "nowhere cannot be imported"),
    (("sweep", "small.toml", "--shard", "3/2"), "write i/n"),
    (("sweep", "small.toml", "--until-halfwidth", "2"), "below 0.5"),
    (("sweep", "small.toml", "--cluster", "here"), "tcp://HOST:PORT"),
    (("sweep", "small.toml", "--dry-run", "--shard", "3/2"), "write i/n"),
    (("sweep", "small.toml", "--shard", "1/" + "9" * 5000), "n may be 1,000,000 at most"),
    (("plot", ".", "--cell", "9" * 5000), "give the number of a cell, from 0, or what it sets"),
    (("plot", ".", "--cell", "-1"), "--cell '-1': give the number of a cell"),
    (("sweep", "plug-in.toml"), "nowhere cannot be imported"),
    (("compare", "--set", "us.authority=0", "--worlds", "-1"), "--worlds = -1 is out of range"),
    (("odds", "--days", "days.txt"), "name it .parquet or .csv"),
    (("game", "--write", "game.txt"), "a name that ends in .nfg"),
]


@pytest.mark.parametrize(("arguments", "said"), EARLY)
def test_arguments_are_read_before_anything_is_compiled(
    negotiation: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    """Nobody waits minutes to hear of a misspelt word."""

    def compiling(*_: object, **__: object) -> None:
        raise AssertionError("the rules are compiled")

    monkeypatch.setattr("negotiation.table.Table.__init__", compiling)
    design = 'scenario = "split-the-pie"\nreplicates = 2\n[[levers]]\n'
    (tmp_path / "small.toml").write_text(f'{design}over = {{ "us.patience" = [0.5, 0.9] }}\n')
    (tmp_path / "plug-in.toml").write_text(
        f'{design}over = {{ "us.strategy" = ["linear", "nowhere:Mine"] }}\n'
    )
    result = negotiation(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.exception
    assert said in result.stderr


def test_a_reader_that_stops_reading_is_no_failure(tmp_path: Path) -> None:
    """As in ``negotiation scenario list | head -1``: nothing is said, and all is well."""
    for arguments in (["scenario", "list"], ["--help"]):
        line = [sys.executable, "-m", "negotiation", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(line, cwd=tmp_path, **pipes) as process:  # type: ignore[call-overload]
            process.stdout.close()
            assert (process.stderr.read(), process.wait()) == (b"", 0), arguments
