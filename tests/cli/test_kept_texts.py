"""What was told of a scenario is told again only while nothing that it follows from has changed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import Result

from negotiation import sources
from negotiation.analysis import barriers
from negotiation.cli import kept_texts
from negotiation.cli.app import app
from negotiation.cli.plain_values import NOT_READ, plain
from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario
from negotiation.shipped import FOLDER, shipped, title

Command = Callable[..., Result]
SLOW = {"mesa", "matplotlib", "numba", "numpy", "pandas", "pyarrow", "pydantic", "rich", "scipy"}
PIE = (FOLDER / "split-the-pie.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is told in a folder of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(kept_texts, "cache_folder", lambda: folder)
    return folder


def refuse(*given: Any, **named: Any) -> Any:
    """Stand in for what must not be done again."""
    raise AssertionError("computed anew")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "split-the-pie"),
        ("show", "split-the-pie", "--toml"),
        ("check", "split-the-pie"),
        ("schema",),
    ],
)
def test_the_second_time_nothing_is_read_as_a_scenario(
    negotiation: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """The same words come out, and no scenario is loaded for them."""
    first = negotiation("scenario", *words)
    assert first.exit_code == 0 and first.stdout.strip()
    monkeypatch.setattr(Scenario, "load", refuse)
    again = negotiation("scenario", *words)
    assert (again.exit_code, again.stdout) == (0, first.stdout)


def test_a_file_of_ones_own_that_is_changed_is_checked_anew(
    negotiation: Command, tmp_path: Path
) -> None:
    """The text follows the file, there and back."""
    file = tmp_path / "mine.toml"
    file.write_text(PIE, "utf-8")
    before = negotiation("scenario", "check", "mine.toml").stdout
    assert negotiation("scenario", "check", "mine.toml").stdout == before
    file.write_text(PIE.replace('name = "split-the-pie"', 'name = "my-pie"'), "utf-8")
    after = negotiation("scenario", "check", "mine.toml").stdout
    assert after == before.replace("split-the-pie", "my-pie") != before
    file.write_text("no scenario", "utf-8")
    assert negotiation("scenario", "check", "mine.toml").exit_code == 2
    file.write_text(PIE, "utf-8")
    assert negotiation("scenario", "check", "mine.toml").stdout == before


def test_another_program_tells_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the package with another time, or a library of another version, is another one."""
    before = kept_texts.origin_of("split-the-pie")
    monkeypatch.setattr(kept_texts, "stamps", lambda folder: iter(["one file"]))
    assert before != kept_texts.origin_of("split-the-pie")
    monkeypatch.undo()
    assert before == kept_texts.origin_of("split-the-pie")
    monkeypatch.setattr(kept_texts, "program", lambda: iter(["numba-1.0.dist-info"]))
    assert before != kept_texts.origin_of("split-the-pie")


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"origin": 1}', "cut"])
def test_a_damaged_note_is_written_anew(negotiation: Command, own_cache: Path, damage: str) -> None:
    """Whatever stands in the folder, the answer is that of the scenario."""
    first = negotiation("scenario", "show", "split-the-pie").stdout
    (note,) = (own_cache / "told").glob("*.json")
    kept = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps(kept | {"text": "half"}) if damage == "cut" else damage, "utf-8")
    assert negotiation("scenario", "show", "split-the-pie").stdout == first
    assert json.loads(note.read_text("utf-8")) == kept


def test_where_nothing_can_be_kept_the_answer_is_the_same(
    negotiation: Command, own_cache: Path
) -> None:
    """A file stands in the place of the folder."""
    own_cache.write_text("in the way", "utf-8")
    first = negotiation("scenario", "show", "split-the-pie")
    assert (
        first.exit_code == 0
        and first.stdout == negotiation("scenario", "show", "split-the-pie").stdout
    )


@pytest.mark.parametrize(
    "text",
    [
        'based_on = "other.toml"\n',
        re.sub('(?m)^strategy = "[a-z-]+"', 'strategy = "mine:Own"', PIE, count=1),
    ],
)
def test_what_needs_other_files_of_the_user_is_never_kept(
    negotiation: Command, tmp_path: Path, own_cache: Path, text: str
) -> None:
    """The other file, or the strategy, may change while this one stays."""
    (tmp_path / "other.toml").write_text(PIE, "utf-8")
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    (tmp_path / "mine.py").write_text(
        "from negotiation import Share, Strategy\n\n\nclass Own(Strategy):\n"
        "    def move(self, view):\n        return Share(0.5)\n",
        "utf-8",
    )
    shown = negotiation("scenario", "show", "mine.toml")
    assert shown.exit_code == 0, shown.output
    assert not list(own_cache.rglob("*.json"))


def test_one_based_on_a_shipped_scenario_is_kept(
    negotiation: Command, tmp_path: Path, own_cache: Path
) -> None:
    """Shipped files are part of the program."""
    (tmp_path / "mine.toml").write_text('based_on = "split-the-pie"\nname = "mine"\n', "utf-8")
    assert negotiation("scenario", "show", "mine.toml").exit_code == 0
    assert len(list(own_cache.rglob("*.json"))) == 1


def test_the_folder_is_that_of_the_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both follow the same variables."""
    monkeypatch.undo()
    for variables in ({}, {"NEGOTIATION_CACHE": "/a"}, {"XDG_CACHE_HOME": "/b"}):
        monkeypatch.delenv("NEGOTIATION_CACHE", raising=False)
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert kept_texts.cache_folder() == sources.machine_code_folder().parent


def test_check_plays_no_more_runs_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each outcome comes in the first runs the others are not played; else all are."""
    played: list[int] = []
    tally = Ensemble.tally

    def counted(self: Any, **asked: Any) -> Any:
        played.append(asked["count"])
        return tally(self, **asked)

    monkeypatch.setattr(Ensemble, "tally", counted)
    pie = Scenario.load("split-the-pie")
    assert barriers.barriers(pie) == () and played == [barriers.AT_FIRST]
    played.clear()
    shut = pie.replace({"issues.pie.mandate": 0.0})
    assert barriers.unseen(shut, ["deal"], 1, 2000) == ["deal"] and sum(played) == 2000
    events = dict(zip(EVENTS, barriers.shares(shut, 1, 2000).values(), strict=True))
    never = [name for name in barriers.ASKED if events[name] == 0.0]
    assert barriers.unseen(shut, barriers.ASKED, 1, 2000) == never


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["odds", "--help"],
        ["scenario", "--help"],
        ["scenario", "check", "--help"],
        ["scenario", "list"],
        ["scenario", "show", "split-the-pie"],
        ["scenario", "check", "split-the-pie"],
        ["scenario", "schema"],
    ],
)
def test_what_is_to_be_read_at_once_loads_no_library(words: list[str], tmp_path: Path) -> None:
    """Helps, titles and what was told before come without NumPy, pydantic or rich."""
    program = (
        "import sys; from pathlib import Path; from negotiation.cli import kept_texts\n"
        f"kept_texts.cache_folder = lambda: Path({str(tmp_path)!r})\n"
        "from negotiation.cli.app import app\n"
        f"try: app()({words!r})\nexcept SystemExit: pass\n"
        f"print(sorted({SLOW!r} & sys.modules.keys()), file=sys.stderr)"
    )
    for time in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip()
        if time == 2 or words[:2] in (["scenario", "list"], ["--help"]):
            assert done.stderr.strip().splitlines()[-1] == "[]"


def every_parameter(command: Any) -> list[Any]:
    """Return the arguments and options of a command and of all its verbs."""
    found = list(command.params)
    for verb in getattr(command, "commands", {}).values():
        found += every_parameter(verb)
    return found


@pytest.mark.parametrize(
    "value", [None, "", "8", "1e3", "--x", True, 7, ("a", "b"), (), ["a"], b"a"]
)
def test_plain_values_are_read_as_typer_reads_them(value: Any) -> None:
    """For every option of every verb: the same value and type, or it is left to typer."""
    command = typer.main.get_command(app())
    context = typer.Context(command)
    seen = 0
    for param in every_parameter(command):
        try:
            read = plain(value, param)
        except typer.BadParameter:
            with pytest.raises(typer.BadParameter):
                type(param).get_runtime_param(param).coerce(value, param=param, ctx=context)
            continue
        if read is not NOT_READ:
            typers = type(param).get_runtime_param(param).coerce(value, param=param, ctx=context)
            assert (type(read), read) == (type(typers), typers), param.name
            seen += 1
    assert seen or isinstance(value, bytes | bool)


def test_a_title_is_that_of_the_scenario() -> None:
    """Read from the head of the file alone."""
    for name in shipped():
        assert title(name) == Scenario.load(name).title
