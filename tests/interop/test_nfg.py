"""Games in the ``.nfg`` files of Gambit, read and written back as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.interop import read_nfg, write_nfg
from negotiation.interop.gambit_words import value, written
from negotiation.theory import Game

# Selten 1975, figure 2, in the example of Gambit's page on its formats
SELTEN = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
OUTCOMES = r"""NFG 1 R "A \"named\" game" { "Ann" "Bob" }

{ { "up" "middle" "down" }
{ "left" "right" }
}
"Payoffs in thirds"

{
{ "best" 1, 1/3 }
{ "" 0, 2.50 }
{ "late" -2e-1, .5 }
}
1 2 3
0 1 2
"""
# Gambit's catalogue, journals/other/shapley1974/fig2
SHAPLEY = """NFG 1 R "Fig 2 from 'A Note on the Lemke-Howson Algorithm'" { "1" "2" }
{ { "1" "2" "3" }
{ "1" "2" "3" }
}
"This bimatrix game is used to demonstrate the Lemke-Howson algorithm."

{ { "_1" 2, 3 } { "_2" 0, 0 } { "_3" 3, 0 } { "_4" 2, 0 } { "_5" 3, 3 } { "_6" 0, 0 }
{ "_7" 0, 2 } { "_8" 0, 2 } { "_9" 1, 1 } }
1 2 3 4 5 6 7 8 9
"""


def saved(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "game.nfg"
    path.write_text(text, "utf-8")
    return path


def test_payoffs_run_fastest_over_the_first_player(tmp_path):
    """The payoff form: pairs of payoffs, the first player's strategies fastest."""
    file = read_nfg(saved(tmp_path, SELTEN))
    assert file.game.A.tolist() == [[1, 1], [0, 0], [0, 2]]
    assert file.game.B.tolist() == [[1, 1], [2, 3], [2, 0]]
    assert file.game.rows == ("1", "2", "3") and file.game.players == ("Player 1", "Player 2")


def test_outcomes_have_names_and_0_pays_nothing(tmp_path):
    """The outcome form: a list of outcomes, then the number of one for each cell."""
    file = read_nfg(saved(tmp_path, OUTCOMES))
    assert file.title == 'A "named" game' and file.comment == "Payoffs in thirds"
    assert file.game.A.tolist() == [[1, 0], [0, 1], [-0.2, 0]]
    assert file.game.B.tolist() == [[1 / 3, 0], [2.5, 1 / 3], [0.5, 2.5]]
    assert file.game.columns == ("left", "right")


@pytest.mark.parametrize("text", [SELTEN, OUTCOMES, SHAPLEY])
def test_what_is_read_is_written_back(text, tmp_path):
    """Names, comment, outcomes, fractions and decimals survive, and the second time the bytes."""
    file = read_nfg(saved(tmp_path, text))
    first = write_nfg(file, tmp_path / "first.nfg")
    assert read_nfg(first) == file
    again = write_nfg(read_nfg(first), tmp_path / "again.nfg")
    assert again.read_bytes() == first.read_bytes()
    for number in ("1/3", "2.50", "-2e-1", ".5") if text == OUTCOMES else ():
        assert f" {number}" in first.read_text("utf-8")


def test_gambits_layout_is_kept_to_the_byte(tmp_path):
    """A file in the layout in which Gambit writes one comes back as it was."""
    path = saved(tmp_path, OUTCOMES)
    assert write_nfg(read_nfg(path), tmp_path / "b.nfg").read_text("utf-8") == OUTCOMES


@given(
    st.lists(st.floats(-1e99, 1e99), min_size=6, max_size=6),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        min_size=3,
        max_size=3,
    ),
)
def test_any_game_survives(tmp_path_factory, numbers, names):
    """Every payoff and every name comes back as it was, quotes and lines in it too."""
    A = np.reshape(numbers, (3, 2))
    game = Game(A, -A, rows=names, players=("Ann", 'B"ob\\'))
    path = write_nfg(game, tmp_path_factory.mktemp("nfg") / "game.nfg", title=names[0])
    read = read_nfg(path)
    assert (read.game.A == game.A).all() and (read.game.B == game.B).all()
    assert read.game.rows == game.rows and read.game.players == game.players
    assert read.title == names[0]


def test_gambit_finds_the_same_equilibria(tmp_path):
    """Its version 16.7 (enummixed_solve, rational) lists these three for Shapley's game."""
    found = read_nfg(saved(tmp_path, SHAPLEY)).game.equilibria()
    assert [(e.row, e.column) for e in found] == [
        ((0, 0, 1), (0, 0, 1)),
        ((0, 1, 0), (0, 1, 0)),
        ((0, 1 / 2, 1 / 2), (0, 1 / 4, 3 / 4)),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "which begins with NFG"),
        ('EFG 2 R "x" { "a" "b" }', "which begins with NFG"),
        ("NFG", "the file ends where 1 should follow"),
        ('NFG 1 R "x', "a quote that is not closed"),
        ('NFG 1 R "x" { "a" "b" "c" } { 2 2 2 }', "the game has 3 players; allowed: 2"),
        ('NFG 1 R "x" { "a" "b" } { 999999999999 2 } 1 2', "pairs of strategies: "),
        ('NFG 1 R "x" { "a" "b" } { 0 2 }', "a player has no strategies"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } 1 nan', "nan where a payoff, a number, is expected"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } 1 1/0', "1/0 is not a finite number"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } 1 1e999', "1e999 is not a finite number"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } 1 1e999999999', "a number, is expected"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } { { "" 1 2 } } 2', "outcome 2 is not listed"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } { { "" 1 2 3 } } 1', "3 where } is expected"),
        ('NFG 1 R "x" { "a" "b" } { 1 1 } 1 2 3', "1 pair of strategies: 2 numbers"),
        ('NFG 1 R "x" { a b } { 1 1 } 1 2', "a where a player in quotes is expected"),
    ],
)
def test_what_is_no_game_is_one_sentence(text, says, tmp_path):
    """It names the file, the line and what is wrong."""
    with pytest.raises(InputError, match="game.nfg, line 1: ") as error:
        read_nfg(saved(tmp_path, text))
    assert says in str(error.value)


def test_places_that_hold_no_file_are_one_sentence(tmp_path):
    """A folder, a missing file, a device, bytes that are no text, a link to be written to."""
    for place in (tmp_path, tmp_path / "none.nfg", Path("/dev/null")):
        with pytest.raises(InputError):
            read_nfg(place)
    (tmp_path / "bytes.nfg").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_nfg(tmp_path / "bytes.nfg")
    (tmp_path / "link.nfg").symlink_to(tmp_path / "elsewhere")
    for place in (tmp_path / "link.nfg", tmp_path / "no" / "folder.nfg", tmp_path):
        with pytest.raises(InputError):
            write_nfg(Game([[1]]), place)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_as_itself(number):
    """The shortest decimal of a floating-point number is read as that number."""
    assert value(written(number)) == number
