"""The odds as a page of text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.cli.columns import columns
from negotiation.cli.options import WORLDS
from negotiation.scenario.draw_doubts import doubts
from negotiation.words import outcomes
from negotiation.words.changes import stated
from negotiation.words.numbers import brief, counted, interval, percent, readable_together, width
from negotiation.words.packages import amount
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import baseline, flows, full_date
from negotiation.words.standing import phrases

if TYPE_CHECKING:
    from negotiation.analysis.barriers import Barrier
    from negotiation.analysis.compare import Comparison
    from negotiation.analysis.odds import Odds
    from negotiation.estimates import Estimate
    from negotiation.hindcast.as_recorded import Told
    from negotiation.scenario import Scenario


def report(
    result: Odds,
    scenario: Scenario,
    never: Sequence[Barrier] = (),
    record: Told | None = None,
) -> str:
    """Return what ``negotiation odds`` prints first: the headlines and the tables."""
    ignorance = knows_ignorance(result)
    lines = [
        scenario.title,
        f"{result.runs:,} simulated negotiations, seed {result.seed}, of {stated(scenario)}"
        + ("" if result.changed else ", in this model."),
        *(f"  {line}" for line in result.changed),
        "",
    ]
    for name, statement in outcomes.headlines(scenario).items():
        estimate = result.events[name]
        lines.append(f"{statement}: {percent(*estimate)}")
        if ignorance:
            unknown = width(result.parameter_interval[name], result.ends_error[name])
            unknown = unknown.replace("none seen", "no difference seen")
            lines.append(f"  {unknown} as the uncertain assumptions vary")
        lines.append(
            f"  {interval(estimate.low, estimate.high)}: sampling error of "
            f"{counted(result.runs, 'run')}{worth(result, name)}"
        )
        lines.append("")
    if never:
        lines += [*(barrier.sentence for barrier in never), ""]
    horizon = f"On {full_date(scenario.calendar.horizon)}, one of"
    heads = ["odds", *(["assumptions vary"] if ignorance else []), "sampling error"]
    table = [[horizon, *heads]]
    for name, words in outcomes.endings(scenario).items():
        over = result.horizon_interval[name] if ignorance else None
        errors = result.ends_error[f"{outcomes.HORIZON}{name}"]
        table.append(row(words, result.at_horizon[name], over, errors))
    way = "On the way there, more than one is possible"
    table += [[""], [way, *heads]]
    for name in result.events:
        if name not in outcomes.impossible(scenario):
            over = result.parameter_interval[name] if ignorance else None
            errors = result.ends_error[name]
            table.append(row(outcomes.in_a_list(name, scenario), result.events[name], over, errors))
    lines += columns("lrrr", table)
    lines += [*extension(result, scenario), *brought(result, scenario)]
    lines += [*contents(result, scenario), *traded(result, scenario)]
    lines += [] if record is None else told(record, scenario)
    error = f"{100 * result.largest_error:.1f} points"
    wide = f"over the uncertain assumptions, its ends known to within {error}, and " * ignorance
    lines += ["", f"95% intervals: {wide}sampling error."]
    lines += [*few_worlds(result), *doubts(scenario)]
    return "\n".join(lines)


def worth(result: Odds, name: str) -> str:
    """Return how many runs that are merely counted would tell the odds as precisely."""
    runs = result.worth(name)
    if result.within is None or not math.isfinite(runs):
        return ""
    return f", as precise as {float(f'{runs:.2g}'):,.0f} counted ones"


def closing(folder: Path | None, pictures: list[Path], follow: str) -> str:
    """Return what ``negotiation odds`` prints last: where the files are, and what to do next."""
    lines = []
    if pictures:
        lines.append(f"Picture: {' and '.join(str(path) for path in pictures)}")
    if folder is not None:
        lines.append(f"Numbers: {folder / 'odds.json'}")
    lines.append(f"Next: {follow}   (one of them, day by day)")
    return "\n".join(lines)


def extension(result: Odds, scenario: Scenario) -> list[str]:
    """Return for how long the truce is extended first, and what is conceded for it."""
    found = result.first_extension
    if not found.runs:
        return []
    kind = phrases(scenario).longer.partition(" ")[2]
    title = f"The first {kind}, where there is one"
    table = [[title, "share", "sampling error"]]
    table += [row(f"for {days} days", estimate, None) for days, estimate in found.days.items()]
    for name, estimate in sorted(found.price.items(), key=lambda item: -item[1].p):
        issue = scenario.issues[name]
        giver = by_seat(scenario)[issue.conceded_by].title
        table.append(row(f"paid for with {issue.name} ({giver})", estimate, None))
    return ["", *columns("lrr", table)]


def few_worlds(result: Odds | Comparison) -> list[str]:
    """Return the sentence about too few draws of the uncertain numbers, where they are."""
    if not result.few_worlds:
        return []
    more = f"raise --worlds, to {WORLDS:,} for example"
    if result.within is not None:
        more = "ask for a narrower --within, such as 0.2"
    return [
        f"{counted(result.worlds, 'draw')} of the uncertain assumptions "
        f"{'tells' if result.worlds == 1 else 'tell'} too little of how the odds "
        f"vary with them: {more}."
    ]


def brought(result: Odds, scenario: Scenario) -> list[str]:
    """Return what each side gains: to the last day, and a year of what was signed.

    What is not money has no years: what was signed is all there is.
    """
    if not result.gains:
        return []
    day = full_date(scenario.calendar.horizon)
    rows = {"account": f"by {day}", "yearly_gain": "a year of what is signed (or 0)"}
    if not flows(scenario.unit):
        rows = {"yearly_gain": "what is signed (or 0)"}
    gained = f"Gains against {baseline(scenario)}, {scenario.unit}"
    table = [[gained, "average", "95% of runs", "sampling error"]]
    for kind, words in rows.items():
        for side, party in by_seat(scenario).items():
            gain = result.gains[f"{kind}.{side}"]
            ends = f"{gain.low:.2f} to {gain.high:.2f}" if gain.low == gain.low else ""
            low, high = readable_together(gain.range)
            table.append(
                [f"  {party.title}, {words}", f"{gain.mean:.2f}", f"{low} to {high}", ends]
            )
    return ["", *columns("lrrr", table)]


def traded(result: Odds, scenario: Scenario) -> list[str]:
    """Return the US deficit before and after, and how low trade falls."""
    found = result.trade
    if found.deficit_before is None:
        return []
    day, table = full_date(scenario.calendar.horizon), []
    whose = parties(scenario)[0].of.removeprefix("the ")
    table.append(["Trade in goods between the two", "average", "sampling error"])
    zero = phrases(scenario)
    table.append(
        [f"  {whose} deficit {zero.in_zero}, $bn a year", f"{found.deficit_before:.1f}", ""]
    )
    for words, level, scale, unit in (
        (f"{whose} deficit on {day}, $bn a year", found.deficit, 1.0, ""),
        ("the same, where a deal is in force", found.with_deal, 1.0, ""),
        (f"trade at its lowest, where penalties come, {zero.of_zero}", found.lowest, 100.0, "%"),
    ):
        if level is not None:
            middle, low, high = (f"{scale * value:.1f}{unit}" for value in level)
            told = f"{low} to {high}" if level.low == level.low else ""
            table.append([f"  {words}", middle, told])
    return ["", *columns("lrr", table)]


def contents(result: Odds, scenario: Scenario) -> list[str]:
    """Return what the deals contain, issue by issue: the average level, and how far that goes."""
    if not result.terms:
        return []
    title = "What the deals in force contain, on average"
    table = [[title, "conceded", "sampling error", "that is"]]
    for name, estimate in result.terms.items():
        issue = scenario.issues[name]
        table.append([*row(issue.name, estimate, None), amount(issue, estimate.p)])
    return ["", *columns("lrrl", table)]


def told(record: Told, scenario: Scenario) -> list[str]:
    """Return what a record of such decisions would say, as ``negotiation forecast`` has it."""
    day = scenario.calendar.truce_expires
    when = "" if day is None else f" of {full_date(day)}"
    title = f"As a record would tell the decision{when}"
    table = [[title, "odds", "over what was learned", "base rates"]]
    numbers = (record.probabilities, record.low, record.high, record.base_rates)
    for name, p, low, high, rate in zip(record.names, *numbers, strict=True):
        shown = [brief(float(p)), f"{brief(float(low))} to {brief(float(high))}"]
        table.append([f"  {name.replace('_', ' ')}", *shown, brief(float(rate))])
    outside = "Something outside the model may decide, with the odds of base rates; "
    draws = f"{record.runs:,} runs over {counted(record.lines, 'draw')} of what was learned."
    return ["", *columns("lrrr", table), outside + draws]


def knows_ignorance(result: Odds) -> bool:
    """Return whether the odds were computed over other values of the uncertain numbers."""
    return any(low < high for low, high in result.parameter_interval.values())


def row(
    words: str,
    estimate: Estimate,
    over: tuple[float, float] | None,
    errors: tuple[float, float] = (0.0, 0.0),
) -> list[str]:
    """Return one row of a table; ``errors`` are those of the ends of the wide interval."""
    cells, narrow = [f"  {words}", percent(*estimate)], interval(estimate.low, estimate.high)
    return [*cells, *([] if over is None else [width(over, errors)]), narrow]
