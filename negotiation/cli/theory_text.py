"""What theory says about a scenario, as a page of text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from negotiation.analysis.policy_points import MONTHS
from negotiation.cli.columns import columns
from negotiation.words.changes import in_lines
from negotiation.words.numbers import money, percent
from negotiation.words.outcomes import EXTENDED
from negotiation.words.packages import SHOWN
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import a_year, baseline
from negotiation.words.standing import before, phrases, withheld
from negotiation.words.standing import tariffs as called

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
PLAYED = {
    "speaks": "makes a demand when it speaks first",
    "replies": "makes one after an even word",
    "gives_in": "gives in to a demand, if ordinary",
    "believed": "is thought to be resolute",
    "learned": "is thought so once it has refused",
}
WIDTH = 92
LIKELY = 0.02  # a demand that is shown
SAME_TOTAL = 1e-5  # of the total: what the search for a package cannot tell apart


def report(scenario: Scenario, table: dict[str, Any], follow: str) -> str:
    """Return what ``negotiation theory`` prints; ``follow`` simulates the same."""
    lines = [
        scenario.title,
        *in_lines(scenario),
        "As the sides see it on the first day; unknown numbers at their central values.",
        "",
    ]
    deadline = table["deadline"]
    if deadline is None:
        lines.append("No truce runs out in this scenario, so there is no deadline to play.")
    else:
        lines += payoff_table(scenario, table["policy_points"])
        lines += ["", *date(scenario, deadline)]
    lines += other_games(scenario, table["games"])
    lines += bargaining(scenario, table["bargaining"])
    lines += thresholds(scenario, table["thresholds"])
    lines += ["", f"Next: {follow}   (the same, simulated)"]
    return "\n".join(lines)


def payoff_table(scenario: Scenario, points: dict[str, Any]) -> list[str]:
    """Return the payoffs at the policy points as lines."""
    stances, (first, second) = ["middle", "hawk"], parties(scenario)
    words, names, named = phrases(scenario), called(scenario), withheld(scenario)
    heads = [f"{first.short} tariff", second.of, f"{first.short} dove", *stances]
    table = [["", *heads, f"{second.short} dove", *stances]]
    for point, flows in points["flows"].items():
        tariffs = points["tariffs"][point]
        cells = [f"{x:.0f}" for side in by_seat() for x in flows[side].values()]
        rates = [percent(tariffs["us"]), percent(tariffs["china"])]
        table.append([f"  {names[point]}", *rates, *cells])
    lines = [
        f"What each stance gets at three tariffs, $bn a year over {words.zero}, {named} apart",
        *columns("lrrrrrrrr", table),
    ]
    low, high = points["shortage"]["suspended_points"], points["shortage"]["april_peak"]
    if max(low, high) < 0.05:
        lines.append(
            f"  A cut of {named} adds nothing: {first.adjective} stocks outlast {MONTHS:g} months "
            "of a cut."
        )
    else:
        lines.append(
            f"  In {MONTHS:g} months of its cut missing {named} cost {first.name} "
            f"a further {money(low)} with the suspended points back, {money(high)} at the peak."
        )
    return lines


def date(scenario: Scenario, found: dict[str, Any]) -> list[str]:
    """Return how the first deadline is played, as lines."""
    unit, (first, second), seats = scenario.unit, parties(scenario), by_seat(scenario)
    at_date = phrases(scenario)
    extended = EXTENDED[before(scenario)].removesuffix(" on {date}")
    extended = extended[:1].lower() + extended[1:]
    lapse = "no truce" if at_date.zero.endswith("truce") else "no agreement"
    lines = [
        f"The first deadline: who asks for what as the price of {at_date.priced}",
        *asked_for(found, scenario),
    ]
    toll, audience = (each(found[name], scenario) for name in ("toll", "audience"))
    lines += wrapped(
        f"A demand itself costs {toll}; giving in costs at home, beside the concession, {audience}."
    )
    lines += [
        "",
        "How it is played: a lot decides who speaks first; after an even word the other may still",
        "make a demand; whoever is demanded of gives in, or refuses",
    ]
    table = [["", first.title, second.title]]
    for name, words in PLAYED.items():
        table.append([f"  {words}", *(percent(found[name][side]) for side in seats)])
    for resolve in ("ordinary", "resolute"):
        costs = (f"{-found['no_truce'][side][resolve]:.1f}" for side in seats)
        table.append([f"  what {lapse} then costs its {resolve} type, {unit}", *costs])
    lines += columns("lrr", table)
    outcomes = found["outcomes"]
    lines += wrapped(
        f"So {extended} on even terms with {percent(outcomes['even'])}, {first.name} "
        f"pays for it with {percent(outcomes['us_gives'])}, {second.name} with "
        f"{percent(outcomes['china_gives'])}; nothing is agreed with "
        f"{percent(outcomes['no_agreement'])}."
    )
    lengths = ", ".join(
        f"{float(days):g} days {percent(chance)}" for days, chance in found["lengths"].items()
    )
    even = at_date.priced.partition(" ")[2]
    return [*lines, f"  An even {even} is agreed for: {lengths}."]


def each(costs: Mapping[str, float], scenario: Scenario) -> str:
    """Return what something costs both sides.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> each({"us": 1.5, "china": -2.0}, Scenario.load("stockholm-2025"))
    'the United States $1.5bn, China nothing (home applauds: $2.0bn)'
    """
    names, unit = by_seat(scenario), scenario.unit
    said = [
        f"{names[side].name} {money(cost, unit)}"
        if cost >= 0.0
        else f"{names[side].name} nothing (home applauds: {money(-cost, unit)})"
        for side, cost in costs.items()
    ]
    return ", ".join(said)


def wrapped(text: str) -> list[str]:
    """Return a sentence as indented lines."""
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def asked_for(found: dict[str, Any], scenario: Scenario) -> list[str]:
    """Return the demands that are likely enough to be shown, as a table."""
    names, brings = by_seat(scenario), f"brings it, {scenario.unit}"
    table = [["  side", "asks for", "likely", brings, "costs the other", "held"]]
    for demand in found["demands"]:
        if demand["chance"] >= LIKELY:
            table.append(
                [
                    f"  {names[demand['side']].title}", demand["issue"].replace("_", " "),
                    percent(demand["chance"]), f"{demand['gain']:.1f}", f"{demand['price']:.1f}",
                    f"{demand['days']:.0f} days",
                ]
            )  # fmt: skip
    if len(table) == 1:
        return ["  Neither delegation may give anything, so there is nothing to ask for."]
    return columns("llrrrr", table)


def other_games(scenario: Scenario, games: dict[str, Any]) -> list[str]:
    """Return the tariff game and the game of provocation as lines, where they are played."""
    lines: list[str] = []
    (first, second), (us, china) = parties(scenario), scenario.sides
    for name, title in GAMES.items():
        game = games[name]
        if game is None:
            continue
        rows, theirs = game["actions"][us], game["actions"][china]
        payoffs, corner = game["payoffs"], f"{first.short}, {second.short}"
        lines += ["", title, *bimatrix(corner, rows, theirs, payoffs[us], payoffs[china])]
        lines.append(f"  {game['because']}")
        pure = [
            f"{rows[e[us].index(1.0)]} / {theirs[e[china].index(1.0)]}"
            for e in game["equilibria"]
            if max(e[us]) == max(e[china]) == 1.0
        ]
        now = next((p for p in game["logit"] if p["times_precision"] == 1.0), None)
        play = "" if now is None else (
            f"; with logit noise {first.brief} chooses '{rows[1]}' with {percent(now[us][1])}, "
            f"{second.brief} '{theirs[1]}' with {percent(now[china][1])}"
        )  # fmt: skip
        lines.append(f"  Equilibrium: {', '.join(pure) or 'mixed only'}{play}.")
        if game["close_call"]:
            lines.append(f"  {game['close_call']}")
    return lines


def bimatrix(
    corner: str, rows: Sequence[str], theirs: Sequence[str], us: Payoffs, china: Payoffs
) -> list[str]:
    """Return a game of two actions each as lines, the payoff of the first side first."""
    table = [[f"  {corner}", *theirs]]
    for name, *pairs in zip(rows, us, china, strict=True):
        table.append([f"  {name}", *(f"{a:.1f}, {b:.1f}" for a, b in zip(*pairs, strict=True))])
    return columns("lrr", table)


def bargaining(scenario: Scenario, table: dict[str, Any]) -> list[str]:
    """Return the bargaining solutions as lines, with the package of the Nash solution."""
    us, china = table["disagreement"]
    unit, each, (first, second) = scenario.unit, a_year(scenario.unit), parties(scenario)
    lines = [
        "",
        f"What would be reasonable, {unit}{each} over {baseline(scenario)}",
        f"  To sign, {first.name} needs {money(us, unit)}{each} and {second.name} "
        f"{money(china, unit)} at least.",
    ]
    gains = [["", first.title, second.title]]
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


def thresholds(scenario: Scenario, table: dict[str, Any]) -> list[str]:
    """Return what patience, resolve and support it takes, as lines."""
    lines, (first, second) = ["", "What it takes"], parties(scenario)
    shares = table["patience"]["shares"]
    if shares is None:
        lines.append("  Patience: nobody discounts, so it gives neither side an edge.")
    else:
        lines.append(
            f"  Patience: alternating offers give {first.brief} {percent(shares['us'])} of what "
            f"there is to share, {second.brief} {percent(shares['china'])}."
        )
    if table["enforcement"] is not None:
        lines.append("  How patient a side must be to keep a promise of free trade (its discount")
        lines.append("  factor), if cheating is punished for ever; once (tit for tat):")
        kept = [
            [f"    {side.title}", *(f"{s} {bars(p)}" for s, p in table["enforcement"][k].items())]
            for k, side in by_seat(scenario).items()
        ]
        lines += columns("llll", kept)
    home = table["ratification"]
    if home is not None:
        lines.append(
            f"  At home: of the efficient packages {percent(home['us']['win_set'])} pass in "
            f"{first.brief}, {percent(home['china']['win_set'])} in {second.brief}, "
            f"{percent(home['both'])} in both."
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
