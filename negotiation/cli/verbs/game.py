"""``negotiation game``: analyse a game of two players, and exchange it with Gambit."""

from __future__ import annotations

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
    Path | None, o.text("FILE", "Also write the game as a file of Gambit (.nfg, .efg).", "--write")
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
    from negotiation.analysis.decision_date import deadline_tree
    from negotiation.theory.tree_strategies import normal_form

    tree = deadline_tree(o.load(name, {}))
    found = normal_form(tree)
    return tree.title, found, found, tree


def written(
    path: Path, source: Game | NormalFormFile, tree: ExtensiveGame | None, title: str
) -> None:
    """Write a game as what the end of the file's name says."""
    from negotiation.interop.efg import write_efg
    from negotiation.interop.nfg import write_nfg

    kind = path.suffix.lower()
    if kind == ".efg" and tree is not None:
        write_efg(tree, path)
    elif kind == ".nfg":
        write_nfg(source, path, title=title)
    else:
        allowed = "a name that ends in .nfg" + (" or .efg" if tree else "")
        raise InputError(f"--write {path}: allowed: {allowed}.")
    say(f"Written: {path}", err=True)
