"""What theory says about a scenario, as a page of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.cli.columns import columns
from negotiation.cli.theory_sections import bargaining, bimatrix, other_games, thresholds
from negotiation.words.numbers import money, percent
from negotiation.words.scene import TARIFFS, TITLES

if TYPE_CHECKING:
    from negotiation.scenario import Scenario


def report(scenario: Scenario, table: dict[str, Any]) -> str:
    """Return what ``negotiation theory`` prints."""
    lines = [
        scenario.title,
        "As the sides see it on the first day; unknown numbers at their central values.",
        "",
    ]
    lines += payoff_table(table["policy_points"])
    deadline = table["deadline_game"]
    if deadline is None:
        lines += ["", "No truce runs out in this scenario, so there is no deadline game."]
    else:
        lines += ["", *matrix(deadline), "", *equilibria(deadline), "", *types_table(deadline)]
    lines += other_games(table["games"])
    lines += bargaining(scenario, table["bargaining"])
    lines += thresholds(table["thresholds"])
    lines += ["", f"Next: negotiation odds {scenario.name}   (the same, simulated)"]
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
    lines.append("  T: hold out alone; R: both extend; S: extend alone; P: both hold out.")
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
