"""``--language``: the same commands in Chinese, and sentences where a language is not spoken."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.plots import letters
from negotiation.tactics.registry import BUILT_IN
from negotiation.words.language import speak
from negotiation.words.wrapping import wide

CHINESE = ("--language", "zh_CN")
# what is typed, and names that stay
TYPED = {
    "hint", "futures", "status", "leave", "all", "back", "address", "quit", "help", "them", "me",
    "swap", "set", "TERM", "LEVEL", "mine", "theirs", "take", "NAME", "nash", "rubinstein",
    "reply", "rule", "typical", "offer", "hold",
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


def latin(text: str) -> set[str]:
    """Return the words in Latin letters; commands and places that are to be typed left out."""
    text = re.sub(r"negotiation [a-z].*", "", text)
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\S*[/.]\S*", "", text)))


def test_a_fork_is_told_in_chinese() -> None:
    """Both courses side by side, and the tables; the columns stand below each other."""
    result = typed(
        "run", "stockholm-three-issues", "--seed", "1", "--fork", "2025-08-11:us.propose=demand",
        "--runs", "200", *CHINESE,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert latin(result.stdout) <= NAMES and "另作决定：" in result.stdout
    beside = [line for line in result.stdout.splitlines() if " | " in line]
    assert len({wide(line.partition(" | ")[0]) for line in beside}) == 1 and len(beside) > 5


def test_a_quiz_is_asked_in_chinese() -> None:
    """Five rounds, each with its answer; only names of strategies and sources stay."""
    result = typed("play", "--quiz", "--seed", "3", *CHINESE, lines="1\n" * 5)
    assert result.exit_code == 0, result.output
    told = "".join(result.stdout.split("\n"))
    assert told.count("它的对手采用") == 5 and "--seed 3 --language zh_CN" in told
    told = re.sub(r"出处：[^。]*。", "", told)
    strategies = {word for name in BUILT_IN for word in name.split("-")}
    assert latin(told) <= strategies, sorted(latin(told) - strategies)


@pytest.mark.parametrize("scenario", ["stockholm-2025", "split-the-pie", "japan-autos-1995"])
def test_odds_are_told_in_chinese(scenario: str) -> None:
    """Headlines, all tables and how to read them; the numbers are those of the English page."""
    more = ("--runs", "400", "--worlds", "20", "--out")
    result = typed("odds", scenario, *more, "zh", *CHINESE)
    assert result.exit_code == 0, result.output
    assert "抽样误差" in result.stdout
    stays = {*scenario.split("-"), "seed", "worlds", "zh", "H20"}
    assert latin(result.stdout) <= stays, sorted(latin(result.stdout) - stays)
    english = typed("odds", scenario, *more, "en")
    numbers = r"\d+\.?\d*%"
    assert re.findall(numbers, result.stdout) == re.findall(numbers, english.stdout)


def test_a_comparison_is_told_in_chinese() -> None:
    """What is compared, and all tables."""
    result = typed(
        "compare", "split-the-pie", "--set", "us.patience=0.5", "--runs", "300", "--worlds", "10",
        *CHINESE,
    )  # fmt: skip
    assert result.exit_code == 0 and "~表示变化可能为零" in result.stdout
    assert latin(result.stdout) <= {"split", "the", "pie"}


@pytest.mark.parametrize(
    ("typed_in", "told"),
    [
        (("run", "--run", "-1"), "--run = -1超出范围；允许：0至"),
        (("run", "--runs", "5"), "请同时给出--fork"),
        (("run", "stockholm-2025", "--fork", "2025-08-12"), "无法理解"),
        (("run", "stockholm-2055"), "情景'stockholm-2055'不存在；可用："),
        (("run", "split-the-pie", "--set", "us.patience"), "请写成KEY=VALUE"),
        (("odds", "--within", "x"), "应为百分点数"),
        (("compare",), "没有可比较的"),
        (("play", "split-the-pie"), "请说明您代表哪一方；可用：us, china"),
        (("play", "split-the-pie", "--as", "japan"), "一方'japan'不存在；可用：china, us"),
        (("play", "--resume", "nowhere.json"), "nowhere.json：没有这个文件"),
        (("lab", "--port", "70000"), "--port = 70000超出范围"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_in_chinese(typed_in: tuple[str, ...], told: str) -> None:
    """One sentence and exit code 2, as in English; then all is English again."""
    result = typed(*typed_in, *CHINESE)
    assert result.exit_code == 2 and told in result.stderr and result.stdout == ""
    speak("en")
    again = typed(*typed_in)
    assert again.exit_code == 2 and again.stderr.isascii()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("dance", "'dance'不是这里的回答；可用：1 (refuse), 2 (accept)"),
        ("leave now", "leave 'now'：可用：leave、leave all。"),
        ("back", "back：您还没有作出任何决定。"),
        ("1\nset 9 2", "没有'9'这一项；可用：1至1，或名称：pie"),
        ("1\nset pie far", "不是pie的水平"),
        ("1\ntake nsh", "take 'nsh'：可用："),
        ("1\nofer", "您是不是指'offer'？"),
        ("1\n+ you", "可用：+ them、+ me"),
    ],
)  # fmt: skip
def test_a_player_is_refused_in_chinese(line: str, told: str) -> None:
    """Lines from a pipe that mean nothing: where, what, what is allowed."""
    result = typed("play", "split-the-pie", "--as", "china", "--seed", "1", *CHINESE, lines=line)
    n = line.count("\n") + 1
    assert result.exit_code == 2 and result.stderr.startswith(f"第{n}行：")
    assert told in result.stderr, result.stderr


@pytest.mark.parametrize("have", [True, False])
def test_pictures_speak_chinese_where_a_font_has_its_letters(
    have: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else they are in English, and one sentence on standard error says why."""
    monkeypatch.setattr(letters, "drawable", lambda text: have or text.isascii())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # this computer may have no such font
        odds = typed("odds", "split-the-pie", "--runs", "200", "--worlds", "0", *CHINESE)
        game = typed(
            "play", "split-the-pie", "--as", "china", "--seed", "1", "--delegations", "10",
            *CHINESE, lines="accept\n",
        )  # fmt: skip
    assert odds.exit_code == game.exit_code == 0, odds.output + game.output
    for result in (odds, game):
        assert ("图中文字为英文" in result.stderr) == (not have)
    described = [path.read_text("utf-8") for path in Path("out").rglob("*.txt")]
    assert len(described) == 2
    for text in described:
        assert bool(latin(text)) == (not have), text
