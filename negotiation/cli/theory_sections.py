"""Games beside the deadline, bargaining solutions and thresholds, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.words.numbers import money, percent
from negotiation.words.packages import SHOWN
from negotiation.words.scene import TARIFFS, TITLES

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

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


def other_games(games: dict[str, Any]) -> list[str]:
    """Return the tariff game and the game of provocation as lines, where they are played."""
    lines: list[str] = []
    for name, title in GAMES.items():
        game = games[name]
        if game is None:
            continue
        rows, columns = game["actions"]["us"], game["actions"]["china"]
        us, china = game["payoffs"]["us"], game["payoffs"]["china"]
        lines += ["", title, f"  {'US, China':16}" + "".join(f"{c:>20}" for c in columns)]
        for i, row in enumerate(rows):
            cells = "".join(f"{f'{us[i][j]:.1f}, {china[i][j]:.1f}':>20}" for j in range(2))
            lines.append(f"  {row:16}{cells}")
        lines.append(f"  {game['because']}")
        pure = [
            f"{rows[e['us'].index(1.0)]} / {columns[e['china'].index(1.0)]}"
            for e in game["equilibria"]
            if max(e["us"]) == max(e["china"]) == 1.0
        ]
        now = next((p for p in game["logit"] if p["times_precision"] == 1.0), None)
        play = "" if now is None else (
            f"; with logit noise the US chooses '{rows[1]}' with {percent(now['us'][1])}, "
            f"China '{columns[1]}' with {percent(now['china'][1])}"
        )  # fmt: skip
        lines.append(f"  Equilibrium: {', '.join(pure) or 'mixed only'}{play}.")
    return lines


def bargaining(scenario: Scenario, table: dict[str, Any]) -> list[str]:
    """Return the bargaining solutions as lines, with the package of the Nash solution."""
    us, china = table["disagreement"]
    lines = [
        "",
        "What would be reasonable, $bn a year over the truce",
        f"  To sign, the United States needs {money(us)} a year and China {money(china)} at least.",
        f"  {'':30}{'United States':>15}{'China':>10}",
    ]
    for name, title in SOLUTIONS.items():
        found = table["solutions"][name]
        lines.append(f"  {title:30}{found['us']:15.2f}{found['china']:10.2f}")
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
        for side, label in TITLES.items():
            kept = [f"{s} {bars(p)}" for s, p in table["enforcement"][side].items()]
            lines.append(f"    {label:16}{', '.join(kept)}")
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
