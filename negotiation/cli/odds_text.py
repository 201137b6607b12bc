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
from negotiation.words.language import data, marked, tr, trc, trn
from negotiation.words.numbers import brief, interval, percent, readable_together, width
from negotiation.words.packages import amount
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import baseline, flows, full_date
from negotiation.words.standing import TRUCE, phrases

if TYPE_CHECKING:
    from negotiation.analysis.barriers import Barrier
    from negotiation.analysis.comparison import Comparison
    from negotiation.analysis.odds_result import Odds
    from negotiation.estimates import Estimate
    from negotiation.hindcast.as_recorded import RecordOdds
    from negotiation.scenario import Scenario

FIRST = {  # by what a first date is about
    TRUCE: marked("The first extension, where there is one"),
    "calm": marked("The first delay, where there is one"),
    "rise": marked("The first delay, where there is one"),
    "relief": marked("The first truce, where there is one"),
}


def report(
    result: Odds,
    scenario: Scenario,
    never: Sequence[Barrier] = (),
    record: RecordOdds | None = None,
) -> str:
    """Return what ``negotiation odds`` prints first: the headlines and the tables."""
    # whether they were computed over other values of the uncertain numbers
    ignorance = any(low < high for low, high in result.parameter_interval.values())
    played = trn(
        "{n} simulated negotiation, seed {seed}, of {scenario}",
        "{n} simulated negotiations, seed {seed}, of {scenario}",
        result.runs, seed=result.seed, scenario=stated(scenario),
    )  # fmt: skip
    changed = result.changed
    lines = [
        data(scenario.title),
        played if changed else tr("{this}, in this model.", this=played),
        *(f"  {line}" for line in changed),
        "",
    ]
    for name, statement in outcomes.headlines(scenario).items():
        estimate = result.events[name]
        lines.append(trc("a headline", "{event}: {odds}", event=statement, odds=percent(*estimate)))
        if ignorance:
            unknown = width(result.parameter_interval[name], result.ends_error[name])
            if unknown == tr("none seen"):
                unknown = tr("no difference seen")
            unknown = tr("{interval} as the uncertain assumptions vary", interval=unknown)
            lines.append(f"  {unknown}")
        error = trn(
            "{interval}: sampling error of {n} run", "{interval}: sampling error of {n} runs",
            result.runs, interval=interval(estimate.low, estimate.high),
        )  # fmt: skip
        lines.append(f"  {error}{worth(result, name)}")
        lines.append("")
    if never:
        lines += [*(barrier.sentence for barrier in never), ""]
    horizon = tr("On {date}, one of", date=full_date(scenario.calendar.horizon))
    heads = [tr("odds"), *([tr("assumptions vary")] if ignorance else []), tr("sampling error")]
    table = [[horizon, *heads]]
    for name, words in outcomes.endings(scenario).items():
        over = result.horizon_interval[name] if ignorance else None
        errors = result.ends_error[f"{outcomes.HORIZON}{name}"]
        table.append(row(words, result.at_horizon[name], over, errors))
    way = tr("On the way there, more than one is possible")
    table += [[""], [way, *heads]]
    for name in result.events:
        if name not in outcomes.impossible(scenario):
            over = result.parameter_interval[name] if ignorance else None
            errors = result.ends_error[name]
            table.append(row(outcomes.in_a_list(name, scenario), result.events[name], over, errors))
    lines += columns("lrrr", table)
    lines += [*extension(result, scenario), *brought(result, scenario)]
    lines += [*contents(result, scenario), *traded(result, scenario)]
    lines += [] if record is None else as_recorded(record, scenario)
    lines += ["", read(result.largest_error) if ignorance else tr("95% intervals: sampling error.")]
    lines += [*few_worlds(result), *doubts(scenario)]
    return "\n".join(lines)


def read(error: float) -> str:
    """Return how both intervals are to be read, the ends of one known to within an error."""
    shown = f"{100 * error:.1f}"
    return tr(
        "95% intervals: over the uncertain assumptions, its ends known to within {error}, and "
        "sampling error.",
        error=tr("{n} points", n=shown),
    )


def worth(result: Odds, name: str) -> str:
    """Return how many runs that are merely counted would tell the odds as precisely."""
    runs = result.worth(name)
    if result.within is None or not math.isfinite(runs):
        return ""
    as_many = f"{float(f'{runs:.2g}'):,.0f}"
    return tr(", as precise as {n} counted ones", n=as_many)


def closing(folder: Path | None, pictures: list[Path], follow: str) -> str:
    """Return what ``negotiation odds`` prints last: where the files are, and what to do next."""
    lines = []
    if pictures:
        both = tr(" and ").join(str(path) for path in pictures)
        lines.append(tr("Picture: {files}", files=both))
    if folder is not None:
        lines.append(tr("Numbers: {file}", file=folder / "odds.json"))
    lines.append(tr("Next: {command}   (one of them, day by day)", command=follow))
    return "\n".join(lines)


def extension(result: Odds, scenario: Scenario) -> list[str]:
    """Return for how long the truce is extended first, and what is conceded for it."""
    found = result.first_extension
    if not found.runs:
        return []
    table = [[tr(FIRST[scenario.standing.before]), tr("share"), tr("sampling error")]]
    table += [
        row(trn("for {n} day", "for {n} days", days), estimate, None)
        for days, estimate in found.days.items()
    ]
    for name, estimate in sorted(found.price.items(), key=lambda item: -item[1].p):
        issue = scenario.issues[name]
        giver = by_seat(scenario)[issue.conceded_by].title
        paid = tr("paid for with {issue} ({side})", issue=data(issue.name), side=giver)
        table.append(row(paid, estimate, None))
    return ["", *columns("lrr", table)]


def few_worlds(result: Odds | Comparison) -> list[str]:
    """Return the sentence about too few draws of the uncertain numbers, where they are."""
    if not result.few_worlds:
        return []
    many = f"{WORLDS:,}"
    more = tr("raise --worlds, to {n} for example", n=many)
    if result.within is not None:
        more = tr("ask for a narrower --within, such as 0.2")
    return [
        trn(
            "{n} draw of the uncertain assumptions tells too little of how the odds vary with "
            "them: {more}.",
            "{n} draws of the uncertain assumptions tell too little of how the odds vary with "
            "them: {more}.",
            result.worlds, more=more,
        )
    ]  # fmt: skip


def brought(result: Odds, scenario: Scenario) -> list[str]:
    """Return what each side gains: to the last day, and a year of what was signed.

    What is not money has no years: what was signed is all there is.
    """
    if not result.gains:
        return []
    day = full_date(scenario.calendar.horizon)
    rows = {
        "account": tr("by {date}", date=day), "yearly_gain": tr("a year of what is signed (or 0)")
    }  # fmt: skip
    if not flows(scenario.unit):
        rows = {"yearly_gain": tr("what is signed (or 0)")}
    gained = tr(
        "Gains against {zero}, {unit}", zero=baseline(scenario), unit=data(scenario.unit)
    )  # fmt: skip
    table = [[gained, tr("average"), tr("95% of runs"), tr("sampling error")]]
    for kind, words in rows.items():
        for side, party in by_seat(scenario).items():
            gain = result.gains[f"{kind}.{side}"]
            ends = between(f"{gain.low:.2f}", f"{gain.high:.2f}") if gain.low == gain.low else ""
            name = tr("{side}, {gain}", side=party.title, gain=words)
            low, high = readable_together(gain.range)
            table.append([f"  {name}", f"{gain.mean:.2f}", between(low, high), ends])
    return ["", *columns("lrrr", table)]


def traded(result: Odds, scenario: Scenario) -> list[str]:
    """Return the US deficit before and after, and how low trade falls."""
    found = result.trade
    if found.deficit_before is None:
        return []
    day, table = full_date(scenario.calendar.horizon), []
    whose = parties(scenario)[0].of.removeprefix("the ")
    table.append([tr("Trade in goods between the two"), tr("average"), tr("sampling error")])
    zero = phrases(scenario)
    first = tr("{whose} deficit {then}, $bn a year", whose=whose, then=zero.in_zero)
    table.append([f"  {first}", f"{found.deficit_before:.1f}", ""])
    lowest = tr("trade at its lowest, where penalties come, {of_zero}", of_zero=zero.of_zero)
    for words, level, scale, unit in (
        (tr("{whose} deficit on {date}, $bn a year", whose=whose, date=day),
         found.deficit, 1.0, ""),
        (tr("the same, where a deal is in force"), found.with_deal, 1.0, ""),
        (lowest, found.lowest, 100.0, "%"),
    ):  # fmt: skip
        if level is not None:
            middle, low, high = (f"{scale * value:.1f}{unit}" for value in level)
            told = between(low, high) if level.low == level.low else ""
            table.append([f"  {words}", middle, told])
    return ["", *columns("lrr", table)]


def contents(result: Odds, scenario: Scenario) -> list[str]:
    """Return what the deals contain, issue by issue: the average level, and how far that goes."""
    if not result.terms:
        return []
    title = tr("What the deals in force contain, on average")
    table = [[title, tr("conceded"), tr("sampling error"), tr("that is")]]
    for name, estimate in result.terms.items():
        issue = scenario.issues[name]
        table.append([*row(data(issue.name), estimate, None), amount(issue, estimate.p)])
    return ["", *columns("lrrl", table)]


def as_recorded(record: RecordOdds, scenario: Scenario) -> list[str]:
    """Return what a record of such decisions would say, as ``negotiation forecast`` has it."""
    day = scenario.calendar.truce_expires
    title = tr("As a record would tell the decision")
    if day is not None:
        title = tr("As a record would tell the decision of {date}", date=full_date(day))
    table = [[title, tr("odds"), tr("over what was learned"), tr("base rates")]]
    numbers = (record.probabilities, record.low, record.high, record.base_rates)
    for name, p, low, high, rate in zip(record.names, *numbers, strict=True):
        shown = [brief(float(p)), between(brief(float(low)), brief(float(high)))]
        words = trc("as recorded", name.replace("_", " "))
        table.append([f"  {words}", *shown, brief(float(rate))])
    runs = f"{record.runs:,}"
    outside = trn(
        "Something outside the model may decide, with the odds of base rates; {runs} runs over {n} "
        "draw of what was learned.",
        "Something outside the model may decide, with the odds of base rates; {runs} runs over {n} "
        "draws of what was learned.",
        record.lines, runs=runs,
    )  # fmt: skip
    return ["", *columns("lrrr", table), outside]


def between(low: str, high: str) -> str:
    """Return two ends of an interval that are written already."""
    return trc("interval", "{low} to {high}", low=low, high=high)


def row(
    words: str,
    estimate: Estimate,
    over: tuple[float, float] | None,
    errors: tuple[float, float] = (0.0, 0.0),
) -> list[str]:
    """Return one row of a table; ``errors`` are those of the ends of the wide interval."""
    cells, narrow = [f"  {words}", percent(*estimate)], interval(estimate.low, estimate.high)
    return [*cells, *([] if over is None else [width(over, errors)]), narrow]
