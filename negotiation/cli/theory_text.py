"""What theory says about a scenario, as a page of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from negotiation.cli.columns import columns
from negotiation.words.changes import told
from negotiation.words.numbers import money, percent
from negotiation.words.packages import SHOWN
from negotiation.words.scene import TARIFFS, TITLES, a_year, baseline

if TYPE_CHECKING:
    from negotiation.scenario import Scenario


Payoffs = Sequence[Sequence[float]]

GAMES = {
    "tariffs": "Laying the truce's tariffs or not, by long-run trade alone, $bn a year",
    "provocation": "New sanctions and controls between meetings, $bn an occasion",
}
SOLUTIONS = {
    "nash": "Nash",
    "nash_weighted": "Nash, weighted by patience",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
SAME_TOTAL = 1e-5  # of the total: what the search for a package cannot tell apart


def report(scenario: Scenario, table: dict[str, Any], follow: str) -> str:
    """Return what ``negotiation theory`` prints; ``follow`` simulates the same."""
    lines = [
        scenario.title,
        *told(scenario),
        "As the sides see it on the first day; unknown numbers at their central values.",
        "",
    ]
    deadline = table["deadline_game"]
    if deadline is None:
        lines.append("No truce runs out in this scenario, so there is no deadline game.")
    else:
        lines += payoff_table(table["policy_points"])
        lines += ["", *matrix(deadline), "", *equilibria(deadline), "", *types_table(deadline)]
    lines += other_games(table["games"])
    lines += bargaining(scenario, table["bargaining"])
    lines += thresholds(table["thresholds"])
    lines += ["", f"Next: {follow}   (the same, simulated)"]
    return "\n".join(lines)


def payoff_table(points: dict[str, Any]) -> list[str]:
    """Return the payoffs at the policy points as lines."""
    stances = ["middle", "hawk"]
    table = [["", "US tariff", "China's", "US dove", *stances, "China dove", *stances]]
    for point, flows in points["flows"].items():
        tariffs = points["tariffs"][point]
        cells = [f"{x:.0f}" for side in TITLES for x in flows[side].values()]
        rates = [percent(tariffs["us"]), percent(tariffs["china"])]
        table.append([f"  {TARIFFS[point]}", *rates, *cells])
    lines = [
        "What each stance gets at three tariffs, $bn a year over the truce, rare earths apart",
        *columns("lrrrrrrrr", table),
    ]
    low, high = points["shortage"]["suspended_points"], points["shortage"]["april_peak"]
    if max(low, high) < 0.05:
        lines.append(
            "  Rare earths add nothing: US stocks outlast an escalation of the expected length."
        )
    else:
        lines.append(
            f"  In an escalation of the expected length missing rare earths cost the United States "
            f"a further {money(low)} with the suspended points back, {money(high)} at the peak."
        )
    return lines


def matrix(deadline: dict[str, Any]) -> list[str]:
    """Return the average game as lines."""
    us, china = deadline["payoffs"]["us"], deadline["payoffs"]["china"]
    lines = ["The deadline, on average over the types: US payoff, China's payoff, $bn"]
    names = ("the US extends", "the US holds out"), ("China extends", "China holds out")
    lines += bimatrix("", *names, us, china)
    lines.append(f"  The game is {deadline['class']}. {deadline['because']}")
    if "T = " in deadline["because"]:
        moves = ["hold out", "extend"]
        if "Read as cooperation: hold" in deadline["because"]:
            moves.reverse()
        alone, both = moves
        lines.append(f"  T: {alone} alone; R: both {both}; S: {both} alone; P: both {alone}.")
    return lines


def equilibria(deadline: dict[str, Any]) -> list[str]:
    """Return the equilibria of the average game and the play of the model as lines."""
    words = ("extends", "holds out")
    lines = ["Equilibria of that game"]
    for found in deadline["equilibria"]:
        if max(found["us"]) == 1.0 and max(found["china"]) == 1.0:
            first, second = (words[found[side].index(1.0)] for side in TITLES)
            lines.append(f"  pure: the United States {first}, China {second}")
        else:
            lines.append(
                f"  mixed: the United States holds out with {percent(found['us'][1], places=1)}, "
                f"China with {percent(found['china'][1], places=1)}"
            )
    if deadline["degenerate"]:
        lines.append("  and mixtures of these")
    if deadline["close_call"]:
        lines.append(f"  {deadline['close_call']}")
    us, china = deadline["logit"]["us"], deadline["logit"]["china"]
    lines.append(
        f"  logit, as the model plays it (neither knows the other's type): the United States holds "
        f"out with\n    {percent(us, places=1)}, China with {percent(china, places=1)}; both in "
        f"{percent(us * china, places=1)}"
    )
    if deadline["class"] == "Chicken":
        lines.append(
            "  Of Chicken's equilibria that play takes the one reached from coin tossing: the side "
            "that fears\n    a lapse a little less holds out more, and the other gives way."
        )
    return lines


def types_table(deadline: dict[str, Any]) -> list[str]:
    """Return how each type plays as lines."""
    table = [["  side", "stance", "resolve", "prior", "a lapse, $bn", "holds out"]]
    for play in deadline["types"]:
        if play["prior"] > 0.0:
            words = [f"  {TITLES[play['side']]}", play["stance"], play["resolve"]]
            odds = percent(play["holds_out"], places=1)
            table.append([*words, percent(play["prior"]), f"{play['crash']:.1f}", odds])
    return ["Type by type", *columns("lllrrr", table)]


def other_games(games: dict[str, Any]) -> list[str]:
    """Return the tariff game and the game of provocation as lines, where they are played."""
    lines: list[str] = []
    for name, title in GAMES.items():
        game = games[name]
        if game is None:
            continue
        rows, theirs = game["actions"]["us"], game["actions"]["china"]
        payoffs = game["payoffs"]
        lines += ["", title, *bimatrix("US, China", rows, theirs, payoffs["us"], payoffs["china"])]
        lines.append(f"  {game['because']}")
        pure = [
            f"{rows[e['us'].index(1.0)]} / {theirs[e['china'].index(1.0)]}"
            for e in game["equilibria"]
            if max(e["us"]) == max(e["china"]) == 1.0
        ]
        now = next((p for p in game["logit"] if p["times_precision"] == 1.0), None)
        play = "" if now is None else (
            f"; with logit noise the US chooses '{rows[1]}' with {percent(now['us'][1])}, "
            f"China '{theirs[1]}' with {percent(now['china'][1])}"
        )  # fmt: skip
        lines.append(f"  Equilibrium: {', '.join(pure) or 'mixed only'}{play}.")
        if game["close_call"]:
            lines.append(f"  {game['close_call']}")
    return lines


def bimatrix(
    corner: str, rows: Sequence[str], theirs: Sequence[str], us: Payoffs, china: Payoffs
) -> list[str]:
    """Return a game of two actions each as lines: the US payoff, China's payoff."""
    table = [[f"  {corner}", *theirs]]
    for name, *pairs in zip(rows, us, china, strict=True):
        table.append([f"  {name}", *(f"{a:.1f}, {b:.1f}" for a, b in zip(*pairs, strict=True))])
    return columns("lrr", table)


def bargaining(scenario: Scenario, table: dict[str, Any]) -> list[str]:
    """Return the bargaining solutions as lines, with the package of the Nash solution."""
    us, china = table["disagreement"]
    unit, each = scenario.unit, a_year(scenario.unit)
    lines = [
        "",
        f"What would be reasonable, {unit}{each} over {baseline(scenario)}",
        f"  To sign, the United States needs {money(us, unit)}{each} and China "
        f"{money(china, unit)} at least.",
    ]
    gains = [["", *TITLES.values()]]
    for name, title in SOLUTIONS.items():
        found = table["solutions"][name]
        gains.append([f"  {title}", f"{found['us']:.2f}", f"{found['china']:.2f}"])
    lines += columns("lrr", gains)
    package = table["solutions"]["nash"]["package"]
    if package is None:
        return [*lines, "  No package is acceptable to both: these are the walk-away values."]
    moved = [
        f"{scenario.issues[issue].name} {percent(z)}" for issue, z in package.items() if z >= SHOWN
    ]
    lines.append(f"  The Nash package: {', '.join(moved) or 'nothing conceded'}.")
    totals = [sum(pair) for pair in table["frontier"]]
    if len(totals) > 1 and max(totals) - min(totals) <= SAME_TOTAL * max(map(abs, totals)):
        lines.append(
            "  Every efficient package has the same total, so the utilitarian one is any of them."
        )
    if not table["solutions"]["nash"]["is_global"]:
        lines.append(
            "  The gains are not concave in all issues: each package is the best of a search from"
            " several starts."
        )
    return lines


def thresholds(table: dict[str, Any]) -> list[str]:
    """Return what patience, resolve and support it takes, as lines."""
    lines = ["", "What it takes"]
    shares = table["patience"]["shares"]
    if shares is None:
        lines.append("  Patience: nobody discounts, so it gives neither side an edge.")
    else:
        lines.append(
            f"  Patience: alternating offers give the US {percent(shares['us'])} of what there "
            f"is to share, China {percent(shares['china'])}."
        )
    if table["enforcement"] is not None:
        lines.append("  How patient a side must be to keep a promise of free trade (its discount")
        lines.append("  factor), if cheating is punished for ever; once (tit for tat):")
        kept = [
            [f"    {label}", *(f"{s} {bars(p)}" for s, p in table["enforcement"][side].items())]
            for side, label in TITLES.items()
        ]
        lines += columns("llll", kept)
    for point, found in table["standoff"].items():
        if found["last_day"] is None:
            continue
        us, china = (percent(found["hazards"][side], places=1) for side in TITLES)
        lines.append(
            f"  Standoff with {TARIFFS[point]} back: the US gives in at {us} a day, "
            f"China at {china};"
        )
        lines.append(f"    only resolute types are left after {found['last_day']:.0f} days.")
    home = table["ratification"]
    if home is not None:
        lines.append(
            f"  At home: of the efficient packages {percent(home['us']['win_set'])} pass in the "
            f"US, {percent(home['china']['win_set'])} in China, {percent(home['both'])} in both."
        )
    return lines


def bars(promise: dict[str, Any]) -> str:
    """Return the two thresholds of a promise as words.

    Examples
    --------
    >>> bars({"grim_trigger": 0.36, "tit_for_tat": 0.4})
    '0.36; 0.40'
    >>> bars({"grim_trigger": None, "tit_for_tat": None})
    'never'
    """
    bar = promise["grim_trigger"]
    if bar is None:
        return "never"
    if bar == 0.0:
        return "always"
    other = promise["tit_for_tat"]
    return f"{bar:.2f}" if other is None else f"{bar:.2f}; {other:.2f}"
