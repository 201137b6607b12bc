"""``negotiation play`` from a pipe, and ``negotiation tournament`` of a folder, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.cli.playing import AtTheTable

PIE = ("play", "split-the-pie", "--as", "china", "--seed", "1")
SMALL = ("--delegations", "20")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def typed(*arguments: str, lines: str = "") -> Result:
    """Return what the command does with lines from a pipe."""
    return CliRunner().invoke(app(), list(arguments), input=lines)


def test_a_whole_game_from_a_pipe() -> None:
    """Refuse, build an offer, put it, accept: the debrief tells all, and its files are there."""
    result = typed(*PIE, *SMALL, lines="1\n+ them\nset 1 60%\noffer\naccept\n")
    assert result.exit_code == 0, result.output
    for part in (
        "The United States has made an offer.", "Worth $0.60bn", "Debrief", "Where you left money",
        "Others in your place", "Of 20 simulated delegations that held the same hand",
    ):  # fmt: skip
        assert part in " ".join(result.stdout.split()), part
    kept = Path("out/split-the-pie/play/china-1.json")
    assert json.loads(kept.read_text("utf-8"))["address"]["taken"] > 4
    for end in ("png", "svg", "txt"):
        assert kept.with_name(f"china-1-path.{end}").stat().st_size > 0


def test_a_game_goes_on_where_it_was_left() -> None:
    """Two sittings end as one does; the first says how to go on."""
    moves = ["1", "+ them", "offer", "refuse", "hold", "accept"]
    whole = typed(*PIE, *SMALL, "--json", lines="\n".join(moves))
    first = typed(*PIE, *SMALL, lines="\n".join(moves[:3]))
    assert "Go on with: negotiation play --resume out/split-the-pie/play/" in first.stdout
    kept = first.stdout.split("--resume ")[1].split()[0]
    second = typed("play", "--resume", kept, *SMALL, "--json", lines="\n".join(moves[3:]))
    one, two = (json.loads(result.stdout) for result in (whole, second))
    assert one["over"] and one["score"] == two["score"]
    assert one["talks"]["transcript"] == two["talks"]["transcript"]


def test_the_end_of_the_lines_is_polite() -> None:
    """Without a line the game is kept, with its address; that is no failure."""
    result = typed(*PIE, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0 and not told["over"]
    assert set(told["address"]) >= {"seed", "run", "taken", "decisions"}
    assert Path(told["kept"]).is_file()


def test_a_game_that_is_interrupted_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the exit code of an interruption, and how to go on."""

    def interrupted(self: AtTheTable) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(AtTheTable, "play", interrupted)
    result = typed(*PIE)
    assert result.exit_code == 3
    assert "The game is kept. Go on with: negotiation play --resume out/" in result.stdout
    assert Path("out/split-the-pie/play/china-1.json").exists()


def test_two_games_of_one_seed_take_two_files() -> None:
    """Nothing that is kept is written over."""
    first, second = (json.loads(typed(*PIE, "--json").stdout)["kept"] for _ in range(2))
    assert first != second and Path(first).is_file()


def test_back_and_leave_all() -> None:
    """What is taken back is told in the debrief; the rest may be left to the rule."""
    result = typed(*PIE, *SMALL, lines="1\nback\nstatus\nhint\nfutures\naddress\nleave all\n")
    page = " ".join(result.stdout.split())
    assert result.exit_code == 0, result.output
    assert "Taken back. It is told in the debrief." in page
    assert "You took back 1 decision: answer" in page
    assert "You looked at the futures of this game once" in page


@pytest.mark.parametrize(
    ("arguments", "lines", "words"),
    [
        (("play",), "", "--as: say which side you take; allowed: us, china."),
        (("play", "--as", "chine"), "", "Did you mean 'china'?"),
        (PIE, "1\nofer\n", "line 2: 'ofer' means nothing here; type help for what does. Did you"),
        (PIE, "perhaps\n", "line 1: 'perhaps' is no answer here; allowed: 1 (refuse), 2 (accept)."),
        (PIE, "1\nset 1 200%\n", "line 2: pie = '200%' is out of range; allowed: from"),
        (PIE, "1\nset " + "9" * 5000 + " 1\n", "line 2: set: there is no term '999"),
        (PIE, "9" * 5000 + "\n", "is no answer here; allowed: 1 (refuse), 2 (accept)."),
        (PIE, "1\ntake that\n", "allowed: nash, rubinstein, reply, rule, typical."),
        (("play", "--resume", "nowhere.json"), "", "nowhere.json: there is no such file"),
        ((*PIE, "--against", "boulwear"), "", "Did you mean 'boulware'?"),
        (("play", "--resume", "x.json", "--seed", "3"), "", "--seed: a game that goes on has its"),
        (("play", "--quiz", "--seed", "2"), "nobody\n", "is not on the list; allowed: 1 ("),
        (("play", "--quiz", "--seed", "2"), "9" * 5000, "is not on the list; allowed: 1 ("),
    ],
)
def test_refusals_are_one_sentence(arguments: tuple[str, ...], lines: str, words: str) -> None:
    """Wrong input ends with code 2 and a sentence; what was decided before is kept."""
    result = typed(*arguments, lines=lines)
    assert result.exit_code == 2
    assert words in result.stderr and len(result.stderr.strip().splitlines()) == 1


def test_the_quiz_counts_and_names_sources() -> None:
    """Five answers, each with its source; the same seed asks the same."""
    first = typed("play", "--quiz", "--seed", "3", lines="1\n" * 5)
    assert "of 5 right. The same rounds again: negotiation play --quiz --seed 3" in first.stdout
    assert first.stdout.count("Source: ") == 5
    assert first.stdout == typed("play", "--quiz", "--seed", "3", lines="1\n" * 5).stdout


MINE = '''import negotiation as ng


class Mine(ng.Strategy):
    """{about}"""

    def share(self, view):
        return {share}
'''


def test_a_folder_of_files_is_a_class_tournament() -> None:
    """Ranking, reasons and page; the same seed writes the same bytes."""
    students = Path("students")
    students.mkdir()
    (students / "ann.py").write_text(MINE.format(about="Firm.", share="0.8"), "utf-8")
    (students / "bob.py").write_text(MINE.format(about="Mad.", share="view.nothing"), "utf-8")
    asked = (
        "tournament", "students", "split-the-pie", "--set", "calendar.talks_every_days=90",
        "--runs", "2", "--seed", "5", "--strategy", "conceder",
    )  # fmt: skip
    result = typed(*asked)
    assert result.exit_code == 0, result.output
    assert "bob.py does not keep the contract: Mine.share" in result.stdout
    assert "AttributeError" in result.stdout and "1  ann" in result.stdout
    (page,) = Path("out").rglob("tournament.html")
    before = page.read_bytes()
    assert b"bob.py" in before
    assert typed(*asked, "--quiet").exit_code == 0
    assert page.read_bytes() == before
    for wrong, words in (
        (("--workers", "2"), "--workers: a tournament of files has none"),
        (("stockholm-2025",), "scenarios split-the-pie, stockholm-2025; allowed: one."),
    ):
        refused = typed(*asked, *wrong)
        assert refused.exit_code == 2 and words in refused.stderr
