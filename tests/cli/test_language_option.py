"""``--language``: the same commands in Chinese, and sentences where a language is not spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.words.language import speak

CHINESE = ("--language", "zh_CN")
# what is typed, and names that stay
TYPED = {
    "hint", "futures", "status", "leave", "all", "back", "address", "quit", "help", "them", "me",
    "swap", "set", "TERM", "LEVEL", "mine", "theirs", "take", "NAME", "nash", "rubinstein",
    "reply", "rule", "offer", "hold",
}  # fmt: skip
NAMES = {
    "H", "linear", "boulware", "out", "split", "the", "pie", "play", "china", "json", "path",
    "png", "svg", "txt",
}  # fmt: skip
HOLD = "help\nhint\nstatus\nfutures\n1\n+ them\nswap\nset 1 60%\noffer\nback\nhint\noffer\naccept\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    speak("en")


def typed(*arguments: str, lines: str = "") -> Result:
    """Return what the command does with lines from a pipe."""
    return CliRunner().invoke(app(), list(arguments), input=lines)


def test_a_game_is_played_in_chinese() -> None:
    """Questions, hints, the offer table, the debrief: no English but what is typed, and names."""
    result = typed(
        "play", "split-the-pie", "--as", "china", "--seed", "1", "--delegations", "20", *CHINESE,
        lines=HOLD,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "结算" in result.stdout and "您拒绝" in result.stdout
    found = set(re.findall(r"[A-Za-z]+", result.stdout))
    assert found <= TYPED | NAMES, sorted(found - TYPED - NAMES)


def test_every_question_of_a_long_game_is_chinese() -> None:
    """All decisions that come up in a game about Stockholm, each put off to the side's rule."""
    result = typed(
        "play", "stockholm-three-issues", "--as", "us", "--seed", "6", "--delegations", "10",
        *CHINESE, lines="hint\nleave\n" * 400,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = set(re.findall(r"[A-Za-z]+", result.stdout))
    stays = {"stockholm", "three", "issues", "us"}
    assert found <= TYPED | NAMES | stays, sorted(found - TYPED - NAMES - stays)


def test_a_run_says_what_comes_next_in_its_language() -> None:
    """The next command asks for the same language; without the option all is English again."""
    told = typed("run", "split-the-pie", *CHINESE)
    assert told.exit_code == 0 and told.stdout.startswith("分饼")
    assert "接下来：negotiation run split-the-pie" in told.stderr
    assert "--language zh_CN" in told.stderr
    assert typed("run", "split-the-pie").stdout.startswith("Split the pie")


@pytest.mark.parametrize("verb", [("run", "split-the-pie"), ("play", "--as", "us"), ("lab",)])
def test_a_language_that_is_not_spoken_is_refused(verb: tuple[str, ...]) -> None:
    """In a sentence, before anything is played."""
    result = typed(*verb, "--language", "de")
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr == "--language 'de' does not exist; allowed: en, zh_CN.\n"


@pytest.mark.parametrize("more", [("run", "--fork", "2025-08-12:china.yield=refuse"),
                                  ("play", "--quiz")])  # fmt: skip
def test_what_answers_in_english_only_says_so(more: tuple[str, ...]) -> None:
    """Rather than a page in two languages."""
    result = typed(*more, *CHINESE)
    assert result.exit_code == 2 and "in English only; leave one" in result.stderr
