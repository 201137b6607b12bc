"""What the Game tab shows: the matrix with what was asked for, mixtures, logit, what is fair."""

from __future__ import annotations

from negotiation.lab.markup import Axes, key, tag, text
from negotiation.lab.two_by_two import Logit, Problem, expected, replies
from negotiation.scenario import Scenario
from negotiation.theory.games import Game
from negotiation.words.numbers import percent, readable
from negotiation.words.parties import by_seat, player
from negotiation.words.scene import capital, measure

SEATS = ("us", "china")
STEPS = {
    "best": "Best responses",
    "dominated": "Dominated actions",
    "equilibria": "Equilibria",
    "logit": "What if they err? (logit)",
}


def minus(amount: float) -> str:
    """Return a number with a real minus sign."""
    return readable(amount).replace("-", "\N{MINUS SIGN}")


def matrix_html(game: Game, shown: tuple[str, ...], unit: str) -> str:
    """Return the payoff matrix, marked as far as was asked for.

    Examples
    --------
    >>> game = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> matrix_html(game, (), "").count("best "), matrix_html(game, ("best",), "").count("(best ")
    (0, 4)
    """
    first, second = (player(name).title for name in game.players)
    best = [
        {(i, j) for j, rows in enumerate(game.best_responses(game.players[0])) for i in rows},
        {(i, j) for i, columns in enumerate(game.best_responses(game.players[1])) for j in columns},
    ]
    out = [set[int](), set[int]()]
    if "dominated" in shown:
        out = [set(game.dominated(name)) for name in game.players]
    head = tag("td", "", class_="corner") + "".join(
        tag("th", text(name), scope="col", class_="out" if j in out[1] else None)
        for j, name in enumerate(game.columns)
    )
    rows = [tag("tr", head)]
    for i, name in enumerate(game.rows):
        cells = []
        for j in range(len(game.columns)):
            box = "equilibria" in shown and (i, j) in game.pure_equilibria
            pair = []
            for side, (seat, worth) in enumerate(
                zip(SEATS, (game.A[i, j], game.B[i, j]), strict=True)
            ):
                top = "best" in shown and (i, j) in best[side]
                said = tag("span", "(best response)", class_="hidden") if top else ""
                class_ = f"{'best ' if top else ''}{seat}"
                pair.append(tag("span", text(minus(float(worth))), said, class_=class_))
            said = tag("span", "equilibrium", class_="badge") if box else ""
            class_ = " ".join(
                word for word, on in (("box", box), ("out", i in out[0] or j in out[1])) if on
            )
            cells.append(tag("td", ", ".join(pair), said, class_=class_ or None))
        out_ = "out" if i in out[0] else None
        rows.append(tag("tr", tag("th", text(name), scope="row", class_=out_), *cells))
    caption = f"Rows: {first} (left number). Columns: {second} (right number)."
    caption += f" Payoffs in {unit}." if unit else ""
    return tag(
        "div", tag("table", tag("caption", text(caption)), *rows, class_="matrix"), class_="over"
    )


def findings_html(game: Game, shown: tuple[str, ...]) -> str:
    """Return what was asked for in sentences."""
    said, names = [], [player(name).name for name in game.players]
    actions = (game.rows, game.columns)
    if "best" in shown:
        said.append("Underlined: a best response to what the other does.")
    if "dominated" in shown:
        found = [
            f"{capital(names[k])} never does well with {actions[k][i]!r}"
            for k, name in enumerate(game.players)
            for i in game.dominated(name)
        ]
        said.append(f"{'; '.join(found)}." if found else "No action is dominated.")
    if "equilibria" in shown:
        known = game.game_class
        if known.name:
            said.append(known.because.rstrip(".") + ".")
        for e in game.equilibria():
            if max(e.row) == 1.0 and max(e.column) == 1.0:
                cell = game.rows[e.row.index(1.0)], game.columns[e.column.index(1.0)]
                told = f"{cell[0]} / {cell[1]}"
            else:
                told = " and ".join(
                    f"{names[k]} plays {actions[k][1]!r} with {percent(chances[1])}"
                    for k, chances in enumerate((e.row, e.column))
                )
            worth = ", ".join(minus(float(x)) for x in e.payoffs)
            said.append(f"Equilibrium: {told}; worth {worth}.")
    return tag("ul", *(tag("li", text(one)) for one in said)) if said else ""


def mixture_html(game: Game, mix: tuple[float, float]) -> str:
    """Return the expected payoffs of two mixtures, and what would be better."""
    worth, better = expected(game, mix), replies(game, mix)
    names = [player(name).name for name in game.players]
    lines = []
    for k, actions in enumerate((game.rows, game.columns)):
        told = " or ".join(repr(actions[i]) for i in better[k])
        if len(better[k]) > 1:
            told = "either action is as good: it is kept guessing"
        else:
            told = f"best would be {told}"
        lines.append(f"{capital(names[k])} expects {minus(worth[k])}; {told}.")
    return "".join(tag("p", text(line), class_="figure-line") for line in lines)


def logit_html(path: Logit, game: Game) -> str:
    """Return how the chances of the second actions change with the precision of choices."""
    axes = Axes((0.0, float(path.precision.max()) or 1.0), (0.0, 1.0))
    names = [player(name).name for name in game.players]
    drawn = [
        axes.line(zip(path.precision, chances, strict=True), f"track {seat} thick")
        for seat, chances in zip(SEATS, (path.row, path.column), strict=True)
    ]
    ends = [
        f"{capital(names[k])} ends at {percent(float(chances[-1]))} for {actions[1]!r}"
        for k, (chances, actions) in enumerate(((path.row, game.rows), (path.column, game.columns)))
    ]
    return tag(
        "section",
        tag("h2", "Logit response"),
        tag(
            "p",
            "At the left nobody looks at payoffs and all actions are as likely; to the right "
            "choices follow payoffs ever more closely.",
            class_="note",
        ),
        axes.drawn(
            *drawn, label=f"Logit response over precision. {'. '.join(ends)}.",
            x="precision (how closely choices follow payoffs)", y="chance of the second action",
        ),
        key(*((f"track {seat} thick", "-", names[k]) for k, seat in enumerate(SEATS))),
        tag("p", text(". ".join(ends) + "."), class_="note"),
    )  # fmt: skip


def fair_html(found: Problem, scenario: Scenario) -> str:
    """Return the Pareto picture of the whole agenda, with each solution in a sentence."""
    names, unit = by_seat(scenario), measure(scenario)
    points = [one.utilities for one in found.solutions]
    shown = [p for p in found.frontier if p[0] >= found.walk_away[0] and p[1] >= found.walk_away[1]]
    axes = Axes.around([*shown, *points, found.walk_away])
    marks = ("x", "s", "o", "d")
    drawn = [axes.line(shown, "frontier"), axes.dot(found.walk_away, "walk", "+", 8)]
    drawn += [
        axes.dot(point, f"fair f{k}", marks[k], 7.0 + 1.5 * (k % 2))
        for k, point in enumerate(points)
    ]
    items = [
        tag("li", tag("b", text(f"{one.name}: ")), text(
            f"{one.sentence} Here ({minus(one.utilities[0])}, {minus(one.utilities[1])})."
        ))
        for one in found.solutions
    ]  # fmt: skip
    label = "; ".join(
        f"{one.name} ({readable(one.utilities[0])}, {readable(one.utilities[1])})"
        for one in found.solutions
    )
    legend = [(f"fair f{k}", marks[k], one.name) for k, one in enumerate(found.solutions)]
    told = (
        "Every deal over all issues together, at what both expect on the first day. On the curve "
        "neither can gain without the other losing. The cross is where each walks away."
    )
    return tag(
        "section",
        tag("h2", "What would be fair?"),
        tag("p", text(told), class_="note"),
        axes.drawn(
            *drawn, label=f"Worth to both, {unit}: {label}.",
            x=f"worth to {names['us'].name}, {unit}", y=f"worth to {names['china'].name}",
        ),
        key(("frontier", "-", "as much as both can get"), ("walk", "+", "walk away"), *legend),
        tag("ul", *items),
    )  # fmt: skip
