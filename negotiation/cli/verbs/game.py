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
    str, o.argument("GAME", "A file of Gambit (.nfg, .efg), or a scenario: its first deadline.")
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
    title, found, source = opened(game)
    if write is not None:
        written(write, source, title)
    table = analyse_game(found, title)
    say(to_json(table) if as_json else report(table))


def opened(
    name: str,
) -> tuple[str, Game | ExtensiveGame, Game | NormalFormFile | ExtensiveGame]:
    """Return a game's title, the game, and what to write of it."""
    kind = Path(name).suffix.lower()
    if kind == ".nfg":
        from negotiation.interop.nfg import read_nfg

        file = read_nfg(name)
        return file.title, file.game, file
    if kind == ".efg":
        from negotiation.interop.efg import read_efg

        tree = read_efg(name)
        return tree.title, tree, tree
    from negotiation.analysis.decision_date import deadline_tree

    tree = deadline_tree(o.load(name, {}))
    return tree.title, tree, tree


def writable(path: Path, game: str) -> None:
    """Refuse a place that is taken, or named after a kind of file that a game is none of."""
    kinds = [".nfg"] + [".efg"] * (Path(game).suffix.lower() != ".nfg")
    if path.suffix.lower() not in kinds:
        raise InputError(f"--write {path}: allowed: a name that ends in {' or '.join(kinds)}.")
    if os.path.lexists(path):
        raise InputError(f"--write {path}: it is there already; allowed: the name of a new file.")


def written(path: Path, source: Game | NormalFormFile | ExtensiveGame, title: str) -> None:
    """Write a game as what the end of the file's name says."""
    from negotiation.interop.efg import write_efg
    from negotiation.interop.nfg import write_nfg
    from negotiation.theory.game_tree import ExtensiveGame
    from negotiation.theory.tree_strategies import normal_form

    if path.suffix.lower() == ".efg" and isinstance(source, ExtensiveGame):
        write_efg(source, path)
    else:
        table = normal_form(source) if isinstance(source, ExtensiveGame) else source
        write_nfg(table, path, title=title)
    say(f"Written: {path}", err=True)
