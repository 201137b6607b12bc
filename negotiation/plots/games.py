"""What should each side do? A payoff matrix with its analysis drawn on it.

A side's payoff is underlined where it is a best response to the other's action; a cell that is
underlined twice is an equilibrium, and is boxed; an action that another one, or a mixture of
others, always beats is struck through.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from negotiation.errors import UnknownName
from negotiation.plots.style import FAINT, INK, SIDE_COLOUR, TEXT, canvas, finish, house
from negotiation.words import parties
from negotiation.words.numbers import readable, with_minus
from negotiation.words.scene import unit_between

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.theory.games import Game

MARKS = ("best_responses", "equilibria", "dominated")


def describe_game(game: Game) -> str:
    """Return a game in words: payoffs, equilibria in pure actions, dominated actions."""
    us, china = (parties.player(name).title for name in game.players)
    cells = [
        f"{row} / {column}: {readable(game.A[i, j])}, {readable(game.B[i, j])}"
        for i, row in enumerate(game.rows)
        for j, column in enumerate(game.columns)
    ]
    found = [f"{game.rows[i]} / {game.columns[j]}" for i, j in game.pure_equilibria]
    text = f"Payoffs to {us} (rows) and {china} (columns): {'; '.join(cells)}. "
    text += f"Equilibria in pure actions: {', '.join(found) or 'none'}."
    for who, names in zip(game.players, (game.rows, game.columns), strict=True):
        struck = [names[k] for k in game.dominated(who)]
        if struck:
            text += f" Dominated for {parties.player(who).title}: {', '.join(struck)}."
    return text


@house()
def payoff_matrix(
    game: Game, *, mark: Iterable[str] = MARKS, unit: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a payoff matrix.

    Parameters
    ----------
    game : Game
        Rows are the first player's actions, columns the second's.
    mark : iterable of str
        Among ``"best_responses"`` (underlined), ``"equilibria"`` (boxed), ``"dominated"`` (struck).
    unit : str, optional
        Of the payoffs: $bn between governments such as the US and China, none between others.
    ax : matplotlib Axes, optional

    Raises
    ------
    UnknownName
        If a mark does not exist.

    Examples
    --------
    >>> from negotiation.theory import Game
    >>> game = Game([[0, -5], [5, -90]], [[0, 5], [-5, -30]],
    ...             rows=("extend", "hold out"), columns=("extend", "hold out"))
    >>> payoff_matrix(game).alt_text.partition("Equilibria")[2]
    ' in pure actions: extend / hold out, hold out / extend.'
    """
    marks = tuple(mark)
    for name in marks:
        if name not in MARKS:
            raise UnknownName("mark", name, MARKS)
    m, n = game.A.shape
    ax = canvas(ax, 1.5 + (0.75 if m <= 4 else 0.5) * m)
    size = TEXT + 2 if max(m, n) <= 4 else TEXT if n <= 6 else TEXT - 2
    ax.set_xlim(0, n)
    ax.set_ylim(m, 0)
    for j in range(n + 1):
        ax.plot((j, j), (0, m), color=FAINT, linewidth=1, zorder=1)
    for i in range(m + 1):
        ax.plot((0, n), (i, i), color=FAINT, linewidth=1, zorder=1)
    best = [
        {(i, j) for j, rows in enumerate(game.best_responses(game.players[0])) for i in rows},
        {(i, j) for i, columns in enumerate(game.best_responses(game.players[1])) for j in columns},
    ]
    for i in range(m):
        for j in range(n):
            for player, payoff in enumerate((game.A[i, j], game.B[i, j])):
                under = "best_responses" in marks and (i, j) in best[player]
                _payoff(ax, i, j, player, float(payoff), under, size)
    if "equilibria" in marks:
        _box(ax, game.pure_equilibria)
    ax.set_xticks([j + 0.5 for j in range(n)], game.columns)
    ax.set_yticks([i + 0.5 for i in range(m)], game.rows)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.tick_params(length=0, labelsize=size)
    ax.spines[:].set_visible(False)
    if "dominated" in marks:
        _strike(ax, game)
    us, china = (parties.player(name).title for name in game.players)
    unit = unit_between(game.players, unit)
    x, y = f"{china} (right payoff)", f"{us}\n(left payoff)"
    x, y = (f"{words}, {unit}" if unit else words for words in (x, y))
    finish(ax, describe_game(game), x=x, y=y)
    if marks:
        says = {
            "best_responses": "underlined: best response",
            "equilibria": "boxed: equilibrium",
            "dominated": "struck: dominated",
        }
        ax.text(
            0.0, -0.04, "   ".join(says[name] for name in marks), transform=ax.transAxes, va="top",
            fontsize=TEXT - 1,
        )  # fmt: skip
    return ax


def _payoff(ax: Axes, i: int, j: int, player: int, payoff: float, under: bool, size: float) -> None:
    """Write one payoff, the first player's at the left, on a rule of its side's colour."""
    from matplotlib.patheffects import withStroke

    x = j + (0.28, 0.72)[player]
    ax.text(
        x, i + 0.46, with_minus(readable(payoff)), ha="center", va="center",
        fontsize=size, fontweight="bold" if under else "normal", gid=f"payoff {player} {i} {j}",
        zorder=5, path_effects=[withStroke(linewidth=3.5, foreground="white")],  # over a strike
    )  # fmt: skip
    if under:
        colour = tuple(SIDE_COLOUR.values())[player]
        ax.plot(
            (x - 0.13, x + 0.13), (i + 0.76, i + 0.76), color=colour, linewidth=3.2,
            solid_capstyle="butt", linestyle="-", gid=f"best {player} {i} {j}",
        )  # fmt: skip


def _box(ax: Axes, cells: Iterable[tuple[int, int]]) -> None:
    from matplotlib.patches import Rectangle

    for i, j in cells:
        ax.add_patch(
            Rectangle((j + 0.05, i + 0.09), 0.9, 0.82, fill=False, edgecolor=INK, linewidth=2.0,
                      gid=f"equilibrium {i} {j}")
        )  # fmt: skip


def _strike(ax: Axes, game: Game) -> None:
    """Strike the rows and columns of dominated actions through."""
    m, n = game.A.shape
    look = {"color": INK, "linewidth": 1.2, "zorder": 3}
    for i in game.dominated(game.players[0]):
        ax.plot((0.02, n - 0.02), (i + 0.46, i + 0.46), gid=f"dominated row {i}", **look)  # type: ignore[arg-type]
    for j in game.dominated(game.players[1]):
        ax.plot((j + 0.5, j + 0.5), (0.02, m - 0.02), gid=f"dominated column {j}", **look)  # type: ignore[arg-type]
