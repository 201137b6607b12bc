"""Games in the ``.efg`` files of Gambit, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from negotiation.errors import InputError
from negotiation.interop import read_efg, write_efg
from negotiation.theory import ExtensiveGame, backward_induction, normal_form

# Stripped-down poker (Reiley et al. 2008) as Gambit keeps it, what is known not repeated
POKER = """EFG 2 R "Stripped-down poker" { "Professor" "Student" }
"A one-card poker game."

c "" 1 "" { "King" 1/2 "Queen" 0.5 } 0
p "" 1 1 "king" { "Bet" "Fold" } 0
p "" 2 1 "" { "Call" "Fold" } 0
t "" 1 "wins big" { 2, -2 }
t "" 2 "wins" { 1, -1 }
t "" 3 "loses" { -1, 1 }
p "" 1 2 "" { "Bet" "Fold" } 0
p "" 2 1 0
t "" 4 "loses big" { -2 2 }
t "" 2
t "" 3 "loses" { -1, 1 }
"""
PAID_ON_THE_WAY = """EFG 2 D "fees" { "Ann" "Bob" }
p "root" 1 1 "" { "in" "out" } 1 "fee" { -1/3, 1/3 }
p "" 2 1 "" { "a" "a" } 0
t "" 2 "" { 2, 2.50 }
t "" 0
t "" 3 "" { 0, 0 }
"""


def saved(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "game.efg"
    path.write_text(text, "utf-8")
    return path


def test_poker_is_read_with_its_information_sets(tmp_path: Path) -> None:
    """Repeated information sets and outcomes are looked up, unnamed ones named by their number."""
    game = read_efg(saved(tmp_path, POKER))
    assert game.title == "Stripped-down poker" and game.players == ("Professor", "Student")
    assert [mine.name for mine in game.information_sets] == ["king", "Student 1", "Professor 2"]
    assert [len(mine.nodes) for mine in game.information_sets] == [1, 2, 1]
    (found,) = normal_form(game).equilibria()
    assert found.payoffs == pytest.approx((1 / 3, -1 / 3))


def test_what_is_paid_on_the_way_is_added_up(tmp_path: Path) -> None:
    """Outcomes of inner nodes count for every end below; actions of one name are told apart."""
    game = read_efg(saved(tmp_path, PAID_ON_THE_WAY))
    paid = [[str(x) for x in node.payoffs] for node in game.nodes if node.payoffs is not None]
    assert paid == [["5/3", "17/6"], ["-1/3", "1/3"], ["-1/3", "1/3"]]
    assert backward_induction(game).path == ("in", "a")
    assert game.information_sets[1].actions == ("a", "a'")


def alike(game: ExtensiveGame) -> list[object]:
    """What makes two games the same."""
    return [
        game.title, game.players, list(game.information_sets),
        [(node.parent, node.move, node.chance, node.payoffs) for node in game.nodes],
    ]  # fmt: skip


@pytest.mark.parametrize("text", [POKER, PAID_ON_THE_WAY])
def test_what_is_written_is_read_as_the_same_game(text: str, tmp_path: Path) -> None:
    """Names, fractions and decimals survive, and the second time every byte."""
    game = read_efg(saved(tmp_path, text))
    first = write_efg(game, tmp_path / "first.efg")
    assert alike(read_efg(first)) == alike(game)
    again = write_efg(read_efg(first), tmp_path / "again.efg")
    assert again.read_bytes() == first.read_bytes()


HEAD = 'EFG 2 R "x" { "a" "b" } '


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("NFG 1", "which begins with EFG"),
        (HEAD, "the file ends where c or p or t should follow"),
        (HEAD + 'x "" 1', "x where c or p or t is expected"),
        (HEAD + 'p "" 3 1 "" { "l" } 0', "player 3; allowed: 1, 2"),
        (HEAD + 'p "" 1 1 "" { } 0', "a move without actions"),
        (HEAD + 'p "" 1 1 "" { "l" "r" } 0 t "" 1 "" { 1 2 }', "the file ends"),
        (HEAD + 't "" 1 "" { 1 2 } t "" 1', "more nodes than the tree has"),
        (HEAD + 't "" 1', "outcome 1 has no payoffs"),
        (HEAD + 't "" 1 "" { 1 }', "} where a payoff, a number, is expected"),
        (HEAD + 'c "" 1 "" { "l" 1/2 "r" } 0', "} where a chance, a number, is expected"),
        (HEAD + 'p "" 1 1 "" { "l" "r" } 0 p "" 1 1 "" { "l" } 0', "other actions than before"),
        (HEAD + 'p "" 1 1 "" { "l" "r" } 0 t "" 1 "" { 1 1 } t "" 1 "" { 2 2 }', "other payoffs"),
        ('EFG 2 R "x" { "a" "b" "c" } t "" 0', "the game has 3 players; allowed: 2"),
        (HEAD + 'p "" 1 1 "" { "l" "r" } 0 ' * 20_001, "more than 20,000 nodes"),
    ],
    ids=range(14),
)
def test_what_is_no_game_is_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    """It names the file, the line and what is wrong."""
    with pytest.raises(InputError, match="game.efg, line 1: ") as error:
        read_efg(saved(tmp_path, text))
    assert says in str(error.value)


def test_chances_that_do_not_sum_to_one_are_refused(tmp_path: Path) -> None:
    """Gambit wants them exact; decimals that round are taken."""
    text = HEAD + 'c "" 1 "" { "l" 0.4 "r" 0.5 } 0 t "" 0 t "" 0'
    with pytest.raises(InputError, match="chances sum to 0.9"):
        read_efg(saved(tmp_path, text))
