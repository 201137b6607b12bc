"""A class tournament: who is out and why, that it costs nobody else anything, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browsing import looked_at

import negotiation as ng
from negotiation.analysis.tournament import round_robin
from negotiation.contest import Contest, contest
from negotiation.contest.fence import Fence, Forbidden
from negotiation.contest.line import Fallen, Limits
from negotiation.contest.proxy import AwayShare
from negotiation.errors import InputError
from negotiation.report.classroom import class_page, write_class_page
from negotiation.scenario import Scenario

FIRST = "import negotiation as ng\n\n\nclass Mine(ng.Strategy):\n"
# in the check both can walk away from something, in the games of these tests from nothing
IN_GAME = "view.walk_away == 0.0 and view.round > 1"
FILES = {
    "late": '    """Give way late."""\n\n    def share(self, view):\n'
    "        return 0.9 if view.time < 0.5 else 0.5\n",
    "even": '    """Settle early."""\n\n    def move(self, view, rng):\n'
    "        if view.answering and view.worth(view.last_offer) >= view.between(0.4):\n"
    "            return ng.Accept()\n"
    "        self.fair = ng.strategies.find('rubinstein')().share(view)\n"
    "        return ng.Offer.worth(view.target(0.5))\n",
    "compiled": "    @staticmethod\n    def compiled_share(time):\n        return 1 - 0.6 * time\n",
    "raises": "    def share(self, view):\n        return {}['x']\n",
    "gone": f"    def share(self, view):\n        if {IN_GAME}:\n"
    "            __import__('os')._exit(3)\n        return 0.5\n",
    "hangs": f"    def share(self, view):\n        while {IN_GAME}:\n            pass\n"
    "        return 0.5\n",
    "nothing": f"    def share(self, view):\n        return float('nan') if {IN_GAME} else 0.5\n",
    "beyond": "    def share(self, view):\n        return 1.5\n",
    "peeks": "    def share(self, view):\n        import pathlib\n\n"
    "        return len(pathlib.Path(__file__).with_name('late.py').read_text())\n",
    "writes": "    def share(self, view):\n        try:\n"
    "            open('/tmp/left-behind.txt', 'w')\n        except OSError:\n"
    "            pass\n        return 0.5\n",
    "talks": "    def share(self, view):\n        print('x' * 3_000_000)\n        return 0.5\n",
    "greedy": "    def share(self, view):\n        return len(bytearray(4_000_000_000))\n",
    "calls": "    def share(self, view):\n        import socket\n\n"
    "        socket.create_connection(('192.0.2.1', 80), 0.1)\n        return 0.5\n",
    "cautious": "    rounds = []\n\n    def share(self, view):\n"
    "        if view.walk_away == 0.0 and self.rounds and view.round < self.rounds[-1]:\n"
    "            raise ValueError('this is another game')\n"
    "        self.rounds.append(view.round)\n        return 0.5\n",
}
LIMITS = Limits(answer_seconds=3.0, table_seconds=20.0, game_seconds=30, megabytes=300)
REASONS = {
    "raises": "raised KeyError: 'x'",
    "gone": "ended its own process (exit code 3)",
    "hangs": "did not answer within 3 seconds",
    "nothing": "returned nan",
    "beyond": "Mine.share: returned 1.5",
    "peeks": "reads the file late.py",
    "writes": "writes the file left-behind.txt",
    "talks": "prints more than 10,000 characters in a game",
    "greedy": "asks for more memory than there is for one file",
    "calls": "uses the network",
    "broken": "is no Python: invalid syntax in line 1",
}


def put(folder: Path, names: tuple[str, ...]) -> Path:
    """Write files of a class into a folder."""
    folder.mkdir()
    for name in names:
        (folder / f"{name}.py").write_text(FIRST + FILES[name], "utf-8")
    return folder


def short_pie() -> Scenario:
    """Return a pie that is shared within five rounds."""
    return Scenario.load("split-the-pie").replace({"calendar.talks_every_days": 80})


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    """The whole class, with one strategy of the house."""
    folder = put(tmp_path_factory.mktemp("class") / "students", tuple(FILES))
    (folder / "broken.py").write_text("x = = 2\n", "utf-8")
    (folder / "_notes.py").write_text("no strategy at all\n", "utf-8")
    return contest(folder, short_pie(), seed=11, rounds=2, house=["linear"], limits=LIMITS)


@pytest.mark.parametrize("name", sorted(REASONS))
def test_whoever_breaks_hangs_or_cheats_is_out_with_a_reason(played: Contest, name: str) -> None:
    """Each bad file is out, and the reason for its author says what it did."""
    reasons = {one.name: one.reason for one in played.out}
    assert REASONS[name] in reasons[name]
    assert "\n" not in reasons[name] and name not in played.names


def test_the_others_stand(played: Contest) -> None:
    """Good files and the strategy of the house are ranked; a file with ``_`` is none."""
    assert played.names == ("cautious", "compiled", "even", "late", "linear")
    assert {place.name for place in played.ranking()} == set(played.names)
    assert "_notes" not in played.files and set(REASONS) < set(played.files)


def test_nothing_is_carried_from_game_to_game(played: Contest) -> None:
    """``cautious`` fails if what it noted in its class outlasts a game; it does not fail."""
    assert "cautious" in played.names


def test_nothing_was_written() -> None:
    """The file that ``writes`` tries to write is not there."""
    assert not Path("/tmp/left-behind.txt").exists()


def test_a_bad_file_changes_nothing_for_the_others(played: Contest, tmp_path: Path) -> None:
    """Without the class, and beside another that is bad, two good ones get the same, game for game.

    The other ends its own parent as its file is loaded, by a call that no fence hears.
    """
    two = ("even", "late")
    folder = put(tmp_path / "both", two)
    ends = "    __import__('ctypes').pythonapi.kill(__import__('os').getppid(), 9)\n"
    (folder / "parricide.py").write_text(FIRST + ends + FILES["beyond"], "utf-8")
    again = contest(folder, short_pie(), seed=11, rounds=2, limits=LIMITS)
    assert again.names == two and [one.name for one in again.out] == ["parricide"]
    index = np.ix_(*[[played.names.index(name) for name in two]] * 2)
    assert np.array_equal(again.played.gains[0], played.played.gains[0][index])


def test_a_compiled_file_plays_as_in_the_ensemble(played: Contest) -> None:
    """Game by game, the strategy of the house gets against itself what the tournament says."""
    alone = round_robin(short_pie(), us=["linear"], china=["linear"], runs=2, seed=11)
    k = played.names.index("linear")
    assert np.allclose(played.played.gains[0, k, k], alone.gains[0, 0, 0], rtol=0, atol=1e-12)


def test_nobody_gets_more_than_there_is(played: Contest) -> None:
    """Of a pie two get no more than all of it, and early settlers meet in the middle."""
    table, even = played.head_to_head(), played.names.index("even")
    assert (table >= 0.0).all() and (table + table.T <= 1.0 + 1e-9).all()
    assert table[even, even] == pytest.approx(0.5, abs=1e-3)


def test_the_page_is_whole_and_the_same_again(played: Contest) -> None:
    """Same results, same bytes; nothing is fetched, nothing runs; every reason is on it."""
    page = class_page(played, "students")
    assert page == class_page(played, "students")
    assert "<script" not in page and "http-equiv" in page and "default-src 'none'" in page
    assert all(link.startswith(("#", "data:")) for link in _links(page))
    for part in ("Round by round", "Head to head", "Evolution", "gone.py", "byte for byte"):
        assert part in page, part
    assert page.count("<svg") == 2 and page.count('role="img"') == 2


def test_the_page_to_project_is_in_order(
    chromium: Any, played: Contest, axe: Path, tmp_path: Path
) -> None:
    """Light and dark, at a desk and on a phone: axe finds nothing, nothing lies beyond the window.

    It is opened without a network, and asks for nothing; the console has nothing to complain of.
    """
    place = write_class_page(played, tmp_path / "class.html", "students")
    context = chromium.new_context(bypass_csp=True)  # for the checker alone
    context.set_offline(True)
    page, wrong = context.new_page(), []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: wrong.append(r.url) if r.url.startswith("http") else None)
    page.goto(place.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    looked_at(page, axe, columns="main")
    context.close()
    assert wrong == []


def _links(page: str) -> list[str]:
    import re

    return re.findall(r'(?:href|src)="([^"]*)"', page)


def test_shares_of_generations_sum_to_one(played: Contest) -> None:
    """At every time the shares of the population are all of it."""
    _, shares = played.generations()
    assert shares.shape[1] == len(played.names)
    assert np.allclose(shares.sum(axis=1), 1.0)


def test_a_folder_without_two_that_stand_is_refused(tmp_path: Path) -> None:
    """With no good file there is no tournament, and the reasons of all are told."""
    folder = put(tmp_path / "few", ("beyond",))
    with pytest.raises(InputError, match=r"only 0 entrants left to play(.|\n)*beyond.py does not"):
        contest(folder, short_pie(), seed=1, rounds=2, limits=LIMITS)
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="0 strategy files"):
        contest(tmp_path / "none", short_pie(), seed=1)


@pytest.mark.parametrize(
    ("event", "args", "offence"),
    [
        ("open", ("mate.py", "r", 0), "reads the file mate.py"),
        ("open", ("own.py", "r", 0), ""),
        ("open", ("own.py", "a", 0), "writes the file own.py"),
        ("open", ("/etc/passwd", "r", 0), "reads the file passwd"),
        ("os.listdir", (".",), "looks into the folder"),
        ("socket.connect", (None, None), "uses the network"),
        ("os.fork", (), "starts another process"),
        ("os.remove", ("own.py", -1), "removes or changes files"),
        ("import", ("numpy",), ""),
    ],
)
def test_what_the_fence_refuses(
    tmp_path: Path, event: str, args: tuple[object, ...], offence: str
) -> None:
    """Own file and Python may be read; nothing written, started, removed or called."""
    fence = Fence(tmp_path / "own.py", tmp_path)
    fence.open_to_all, fence.up = (str(Path(np.__file__).parent),), True
    placed = tuple(
        str(tmp_path / a) if isinstance(a, str) and a.endswith((".py", ".")) else a for a in args
    )
    if offence:
        with pytest.raises(Forbidden, match=offence):
            fence.hear(event, placed)
        assert offence in fence.offences[0]
    else:
        fence.hear(event, placed)


def test_beside_the_package_of_a_clone_nothing_is_read(tmp_path: Path, root: Path) -> None:
    """What a teacher computed lies there: its names may be seen, as an import sees them, no more.

    The package itself may be read, and Python's own modules; a file of the clone may not.
    """
    code = (
        "import os, sys; from pathlib import Path; from negotiation.contest.fence import Fence\n"
        f"fence = Fence(Path({str(tmp_path / 'own.py')!r}), Path({str(tmp_path)!r}))\n"
        "fence.raise_it()\n"
        f"root = {str(root)!r}\n"
        "import wave\n"  # which nothing has imported yet: all places are looked through
        "os.listdir(root); open(root + '/negotiation/shipped.py').close()\n"
        "print(fence.offences)\n"
        "for what in ('pyproject.toml', 'results/ledger.csv'):\n"
        "    try:\n        open(root + '/' + what)\n    except PermissionError: pass\n"
        "try:\n    os.listdir(root + '/results')\nexcept PermissionError: pass\n"
        "print(fence.offences)\n"
    )
    around = {k: v for k, v in os.environ.items() if k != "PYTHONPYCACHEPREFIX"}  # as files have it
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=around | {"PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    before, after = found.stdout.splitlines()
    assert before == "[]"
    assert after == (
        "['reads the file pyproject.toml', 'reads the file ledger.csv', "
        "'looks into the folder results']"
    )


def test_many_slow_answers_are_too_slow_together() -> None:
    """Each answer may be in time, and the game still take too long."""
    point = ng.Game(short_pie(), seed=1).play_to("offer")
    assert point is not None

    class Slow:
        limits = Limits(game_seconds=0)

        def ask(self, *asked: object) -> dict[str, float]:
            return {"share": 0.5}

    seat = AwayShare(Slow(), "us", [])  # type: ignore[arg-type]
    with pytest.raises(Fallen, match="took more than 0 seconds for its answers in one game"):
        seat.share(point.view)
