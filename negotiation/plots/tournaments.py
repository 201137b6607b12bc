"""Which strategy does well against which? One side's gains as a map over all pairings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.errors import UnknownName, counted
from negotiation.plots.style import INK, MAP, TEXT, canvas, finish, house
from negotiation.words.numbers import readable, readable_together
from negotiation.words.parties import player
from negotiation.words.scene import a_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.theory.games import Game


def describe_pairings(game: Game, *, side: str, unit: str = "$bn") -> str:
    """Return the map in words: best and worst pairing, and the best reply to each opponent."""
    gains = game.A if side == game.players[0] else game.B
    us, china = (player(name).short for name in game.players)
    parts = []
    for what, k in (("lowest", gains.argmin()), ("highest", gains.argmax())):
        i, j = divmod(int(k), gains.shape[1])
        parts.append(
            f"{what} {readable(float(gains[i, j]))} with {game.rows[i]} ({us}) against "
            f"{game.columns[j]} ({china})"
        )
    own, other = (game.rows, game.columns) if side == game.players[0] else (game.columns, game.rows)
    replies = "; ".join(
        f"{' or '.join(own[k] for k in best)} to {other[j]}"
        for j, best in enumerate(game.best_responses(side))
    )
    return (
        f"Mean gain of {player(side).name}, {unit}{a_year(unit)}, over "
        f"{counted(gains.size, 'pairing')}: "
        f"{'; '.join(parts)}. Best replies: {replies}."
    )


@house()
def pairings(game: Game, *, side: str = "us", unit: str = "$bn", ax: Axes | None = None) -> Axes:
    """Draw what one side gains in each pairing of strategies, its best replies boxed.

    Parameters
    ----------
    game : Game
        From `negotiation.analysis.empirical_game.empirical_game`: rows are the US's strategies.
    side : str
        Whose gains: "us", "china" or another name of the game's players.
    unit : str
        What they are counted in.
    ax : matplotlib Axes, optional

    Raises
    ------
    UnknownName
        If there is no such side.

    Examples
    --------
    >>> from negotiation.theory import Game
    >>> game = Game([[2, 0], [3, 1]], [[2, 3], [0, 1]], rows=("early", "late"),
    ...             columns=("early", "late"))
    >>> pairings(game).alt_text.partition("Best replies: ")[2]
    'late to early; late to late.'
    """
    if side not in game.players:
        raise UnknownName("side", side, game.players)
    us, china = (player(name).brief for name in game.players)
    gains: Any = game.A if side == game.players[0] else game.B
    m, n = gains.shape
    ax = canvas(ax, max(1.9 + 0.42 * m, 4.2))
    image = ax.pcolormesh(range(n), range(m), gains, cmap=MAP, shading="nearest", gid="gains")
    bar = ax.figure.colorbar(image, ax=ax, pad=0.02)
    bar.set_label(f"gain of {player(side).name}, {unit}{a_year(unit)}", fontsize=TEXT)
    middle = 0.5 * (float(gains.min()) + float(gains.max()))
    best = game.best_responses(side)
    written = readable_together(gains.ravel())
    for i in range(m):
        for j in range(n):
            boxed = i in best[j] if side == game.players[0] else j in best[i]
            ax.text(
                j, i, written[i * n + j], ha="center", va="center",
                fontsize=TEXT - 2, color="white" if gains[i, j] < middle else INK,
                fontweight="bold" if boxed else "normal", gid=f"gain {i} {j}",
            )  # fmt: skip
            if boxed:
                _box(ax, i, j)
    ax.set_xticks(range(n), game.columns, rotation=40, ha="right")
    ax.set_yticks(range(m), game.rows)
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return finish(
        ax, describe_pairings(game, side=side, unit=unit),
        x=f"strategy of {china}", y=f"strategy of {us}",
        title=f"Gain of {player(side).name}; boxed: its best reply",
    )  # fmt: skip


def _box(ax: Axes, i: int, j: int) -> None:
    from matplotlib.patches import Rectangle

    for colour, width in (("white", 3.5), (INK, 1.8)):
        ax.add_patch(
            Rectangle((j - 0.46, i - 0.44), 0.92, 0.88, fill=False, edgecolor=colour,
                      linewidth=width, gid=f"best reply {i} {j}")
        )  # fmt: skip
