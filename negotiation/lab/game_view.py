"""What the Game tab shows: the matrix with what was asked for, mixtures, logit, what is fair."""

from __future__ import annotations

from negotiation.lab.markup import Axes, key, tag, text
from negotiation.lab.two_by_two import Logit, Problem, expected, replies
from negotiation.scenario import Scenario
from negotiation.seats import SEATS
from negotiation.theory.game_names import MEANING, GameClass
from negotiation.theory.games import Game
from negotiation.words.language import (
    ENGLISH,
    data,
    in_list,
    joined,
    marked,
    spoken,
    tr,
    trc,
)
from negotiation.words.numbers import percent, readable, with_minus
from negotiation.words.parties import by_seat, player
from negotiation.words.scene import capital, measure

STEPS = {
    "best": marked("Best responses"),
    "dominated": marked("Dominated actions"),
    "equilibria": marked("Equilibria"),
    "logit": marked("What if they err? (logit)"),
}


def action(name: str) -> str:
    """Return what an action of a game is called."""
    return trc("action", name)


def quoted(name: str) -> str:
    """Return an action as it stands in a sentence."""
    return trc("a quotation", "'{words}'", words=action(name))


def classed(known: GameClass) -> str:
    """Return the class of a game, and why it is of it; in other languages what it means."""
    if spoken() == ENGLISH:
        return known.because.rstrip(".") + "."
    kinds = dict.fromkeys([known.name] if known.name in MEANING else [known.row, known.column])
    told = (
        tr(
            "{this}.",
            this=trc(
                "a class",
                "{kind}: {meaning}",
                kind=trc("game", kind),
                meaning=trc("game", MEANING[kind]),
            ),
        )
        for kind in kinds
        if kind in MEANING
    )
    return joined(*told)


def minus(amount: float) -> str:
    """Return a number with a real minus sign."""
    return with_minus(readable(amount))


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
        tag("th", text(action(name)), scope="col", class_="out" if j in out[1] else None)
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
                said = tag("span", tr("(best response)"), class_="hidden") if top else ""
                class_ = f"{'best ' if top else ''}{seat}"
                pair.append(tag("span", text(minus(float(worth))), said, class_=class_))
            said = tag("span", tr("equilibrium"), class_="badge") if box else ""
            class_ = " ".join(
                word for word, on in (("box", box), ("out", i in out[0] or j in out[1])) if on
            )
            cells.append(tag("td", ", ".join(pair), said, class_=class_ or None))
        out_ = "out" if i in out[0] else None
        rows.append(tag("tr", tag("th", text(action(name)), scope="row", class_=out_), *cells))
    caption = tr(
        "Rows: {first} (left number). Columns: {second} (right number).", first=first,
        second=second,
    )  # fmt: skip
    caption = joined(caption, tr("Payoffs in {unit}.", unit=data(unit)) if unit else "")
    return tag(
        "div", tag("table", tag("caption", text(caption)), *rows, class_="matrix"), class_="over"
    )


def findings_html(game: Game, shown: tuple[str, ...]) -> str:
    """Return what was asked for in sentences."""
    said, names = [], [player(name).name for name in game.players]
    actions = (game.rows, game.columns)
    if "best" in shown:
        said.append(tr("Underlined: a best response to what the other does."))
    if "dominated" in shown:
        found = [
            tr(
                "{side} never does well with {action}",
                side=capital(names[k]),
                action=quoted(actions[k][i]),
            )
            for k, name in enumerate(game.players)
            for i in game.dominated(name)
        ]
        none = tr("No action is dominated.")
        said.append(tr("{this}.", this=in_list(found)) if found else none)
    if "equilibria" in shown:
        known = game.game_class
        if known.name:
            said.append(classed(known))
        for e in game.equilibria():
            if max(e.row) == 1.0 and max(e.column) == 1.0:
                cell = game.rows[e.row.index(1.0)], game.columns[e.column.index(1.0)]
                told = f"{action(cell[0])} / {action(cell[1])}"
            else:
                both = [
                    tr(
                        "{side} plays {action} with {chance}", side=names[k],
                        action=quoted(actions[k][1]), chance=percent(chances[1]),
                    )
                    for k, chances in enumerate((e.row, e.column))
                ]  # fmt: skip
                told = trc("both sides", "{first} and {second}", first=both[0], second=both[1])
            worth = ", ".join(minus(float(x)) for x in e.payoffs)
            said.append(tr("Equilibrium: {actions}; worth {payoffs}.", actions=told, payoffs=worth))
    return tag("ul", *(tag("li", text(one)) for one in said)) if said else ""


def mixture_html(game: Game, mix: tuple[float, float]) -> str:
    """Return the expected payoffs of two mixtures, and what would be better."""
    worth, better = expected(game, mix), replies(game, mix)
    names = [player(name).name for name in game.players]
    lines = []
    for k, actions in enumerate((game.rows, game.columns)):
        filled = {"side": capital(names[k]), "payoff": minus(worth[k])}
        if len(better[k]) > 1:
            lines.append(
                tr(
                    "{side} expects {payoff}; either action is as good: it is kept guessing.",
                    **filled,
                )
            )
        else:
            best = quoted(actions[better[k][0]])
            lines.append(
                tr("{side} expects {payoff}; best would be {action}.", **filled, action=best)
            )
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
        tr(
            "{side} ends at {chance} for {action}",
            side=capital(names[k]),
            chance=percent(float(chances[-1])),
            action=quoted(actions[1]),
        )
        for k, (chances, actions) in enumerate(((path.row, game.rows), (path.column, game.columns)))
    ]
    ended = [tr("{this}.", this=end) for end in ends]
    return tag(
        "section",
        tag("h2", text(tr("Logit response"))),
        tag(
            "p",
            text(
                tr(
                    "At the left nobody looks at payoffs and all actions are as likely; to the "
                    "right choices follow payoffs ever more closely."
                )
            ),
            class_="note",
        ),
        axes.drawn(
            *drawn, label=joined(tr("Logit response over precision."), *ended),
            x=tr("precision (how closely choices follow payoffs)"),
            y=tr("chance of the second action"),
        ),
        key(*((f"track {seat} thick", "-", names[k]) for k, seat in enumerate(SEATS))),
        tag("p", text(joined(*ended)), class_="note"),
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
        tag("li", tag("b", text(trc("a solution", "{name}: ", name=tr(one.name)))), text(
            joined(tr(one.sentence), tr("Here ({first}, {second}).", first=minus(one.utilities[0]),
                                        second=minus(one.utilities[1])))
        ))
        for one in found.solutions
    ]  # fmt: skip
    label = "; ".join(
        f"{tr(one.name)} ({readable(one.utilities[0])}, {readable(one.utilities[1])})"
        for one in found.solutions
    )
    legend = [(f"fair f{k}", marks[k], tr(one.name)) for k, one in enumerate(found.solutions)]
    told = tr(
        "Every deal over all issues together, at what both expect on the first day. On the curve "
        "neither can gain without the other losing. The cross is where each walks away."
    )
    return tag(
        "section",
        tag("h2", text(tr("What would be fair?"))),
        tag("p", text(told), class_="note"),
        axes.drawn(
            *drawn, label=tr("Worth to both, {unit}: {points}.", unit=unit, points=label),
            x=tr("worth to {side}, {unit}", side=names["us"].name, unit=unit),
            y=tr("worth to {side}", side=names["china"].name),
        ),
        key(
            ("frontier", "-", tr("as much as both can get")), ("walk", "+", tr("walk away")),
            *legend,
        ),
        tag("ul", *items),
    )  # fmt: skip
