"""``negotiation game``: analyse a game of two players, and exchange it with Gambit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError

if TYPE_CHECKING:
    from negotiation.interop.nfg import NormalFormFile
    from negotiation.theory.game_tree import ExtensiveGame
    from negotiation.theory.games import Game

PLACE = 42

GameName = Annotated[
    str, o.argument("GAME", "A file of Gambit (.nfg, .efg), or a scenario: its deadline game.")
]
Write = Annotated[
    Path | None,
    o.text("FILE", "Also write the game as a new file of Gambit (.nfg, .efg).", "--write"),
]


def game(
    game: GameName = o.DEFAULT_SCENARIO, write: Write = None, as_json: o.AsJson = False
) -> None:
    """Find the equilibria of a game of two players: of one shot, with a mediator, on a tree.

    Example: negotiation game dilemma.nfg
    """
    from negotiation.analysis.any_game import analyse_game
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.game_text import report

    if write is not None:
        writable(write, game)
    title, found, source, tree = opened(game)
    if write is not None:
        written(write, source, tree, title)
    table = analyse_game(found, title, tree)
    say(to_json(table) if as_json else report(table))


def opened(name: str) -> tuple[str, Game, Game | NormalFormFile, ExtensiveGame | None]:
    """Return a game's title, the game, what to write as .nfg, and its tree if it has one."""
    kind = Path(name).suffix.lower()
    if kind == ".nfg":
        from negotiation.interop.nfg import read_nfg

        file = read_nfg(name)
        return file.title, file.game, file, None
    if kind == ".efg":
        from negotiation.interop.efg import read_efg
        from negotiation.theory.tree_strategies import normal_form

        tree = read_efg(name)
        found = normal_form(tree)
        return tree.title, found, found, tree
    from negotiation.analysis.first_day import stage_game

    scenario = o.load(name, {})
    if scenario.calendar.truce_expires is None:
        raise InputError(f"{name}: no truce runs out in this scenario, so it has no deadline game.")
    found = stage_game(scenario)
    return f"{scenario.title} The deadline.", found, found, None


def writable(path: Path, game: str) -> None:
    """Refuse a place that is taken, or named after a kind of file that a game is none of."""
    kinds = [".nfg"] + [".efg"] * (Path(game).suffix.lower() == ".efg")
    if path.suffix.lower() not in kinds:
        raise InputError(f"--write {path}: allowed: a name that ends in {' or '.join(kinds)}.")
    if os.path.lexists(path):
        raise InputError(f"--write {path}: it is there already; allowed: the name of a new file.")


def written(
    path: Path, source: Game | NormalFormFile, tree: ExtensiveGame | None, title: str
) -> None:
    """Write a game as what the end of the file's name says."""
    from negotiation.interop.efg import write_efg
    from negotiation.interop.nfg import write_nfg

    if path.suffix.lower() == ".efg" and tree is not None:
        write_efg(tree, path)
    else:
        write_nfg(source, path, title=title)
    say(f"Written: {path}", err=True)
