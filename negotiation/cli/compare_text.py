"""Two scenarios side by side, or a run and what would have come of another decision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from negotiation.cli.columns import columns
from negotiation.cli.odds_text import few_worlds
from negotiation.estimates import share
from negotiation.transcript.telling import Paragraph, laid_out, paragraphs
from negotiation.words import outcomes
from negotiation.words.changes import in_lines, stated
from negotiation.words.language import marked, tr, trc, trn
from negotiation.words.numbers import decimals, percent, signed, signed_interval, width
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import capital, full_date
from negotiation.words.wrapping import wide

if TYPE_CHECKING:
    from negotiation.analysis.comparison import Comparison, Difference
    from negotiation.analysis.what_if import WhatIf
    from negotiation.scenario import Scenario

    Differences = dict[str, Difference]

NARROWEST = 36
BEFORE_AFTER = marked("before"), marked("after")
FORK = marked("as it was"), marked("what if")


def report(result: Comparison) -> str:
    """Return what ``negotiation compare`` prints: what is compared, and three tables."""
    before, after = result.before, result.after
    same = before.calendar.horizon == after.calendar.horizon
    ends = tr("On the last day, one of")
    if same:
        ends = tr("On {date}, one of", date=full_date(after.calendar.horizon))
    asked_first = asked(before, after)
    parts = {tr("Headlines"): {words: result.events[name] for name, words in asked_first.items()}}
    parts |= by_title(result, ends, before, after)
    lines = [
        tr("Before: {scenario}", scenario=stated(before)),
        *(f"  {line}" for line in in_lines(before)),
        tr("After:  {scenario}", scenario=stated(after)),
        *(f"  {line}" for line in in_lines(after)),
        trn(
            "{n} simulated negotiation of each, seed {seed}; run by run both meet the same random "
            "events.",
            "{n} simulated negotiations of each, seed {seed}; run by run both meet the same random "
            "events.",
            result.runs,
            seed=result.seed,
        ),
        *apart(before, after),
        "",
    ]
    lines += tables(parts, result.runs)
    return "\n".join([*lines, *varying(result, asked_first)])


def asked(before: Scenario, after: Scenario) -> dict[str, str]:
    """Return the headlines of either, without a date where theirs differ."""
    old, new = outcomes.headlines(before), outcomes.headlines(after)
    return {
        name: words
        if (old.get(name, words), new.get(name, words)) == (words, words)
        else capital(outcomes.event(name, after))
        for name, words in (old | new).items()
    }


def apart(before: Scenario, after: Scenario) -> list[str]:
    """Return the sentence about two negotiations that are not one with a change, if they are."""
    if before.sides == after.sides and before.standing == after.standing:
        return []
    pairs = (tr(" and ").join(side.name for side in parties(each)) for each in (before, after))
    old, new = pairs
    return [
        tr(
            "These are two negotiations, before between {old}, after between {new}: the change is "
            "from one to the other, and the rows are worded as in the second.", old=old, new=new,
        )
    ]  # fmt: skip


def varying(result: Comparison, asked: dict[str, str]) -> list[str]:
    """Return how far the odds of the headlines vary with what is uncertain, before and after."""
    if not any(low < high for side in result.over for low, high in side.values()):
        return []
    table = [[tr("As the uncertain assumptions vary"), tr("before"), tr("after")]]
    for name, words in asked.items():
        pairs = zip(result.over, result.ends_error, strict=True)
        cells = (width(over[name], errors[name]) for over, errors in pairs)
        table.append([f"  {words}", *cells])
    error = f"{100 * result.largest_error:.1f}"
    within = tr(
        "95% intervals, their ends known to within {error}.", error=tr("{n} points", n=error)
    )
    lines = ["", *columns("lrr", table), within]
    return lines + few_worlds(result)


def by_title(found: Comparison | WhatIf, ends: str, *scenarios: Scenario) -> dict[str, Differences]:
    """Return how the endings, under the title ``ends``, and the events that are possible differ."""
    out = [outcomes.impossible(scenario) for scenario in scenarios]
    never = set.intersection(*out)
    for name, difference in found.events.items():
        # a choice that one of the two cannot make is no change, whatever its runs say of it
        odds = (difference.before, difference.after)[-len(out) :]
        if any(name in one and p > 0.0 for one, p in zip(out, odds, strict=True)):
            never = never | {name}
    return {
        ends: {words: found.at_horizon[k] for k, words in outcomes.endings(*scenarios).items()},
        tr("On the way there, more than one is possible"): {
            outcomes.in_a_list(name, scenarios[-1]): difference
            for name, difference in found.events.items()
            if name not in never
        },
    }


def tables(
    parts: dict[str, Differences], runs: int, names: tuple[str, str] = BEFORE_AFTER
) -> list[str]:
    """Return tables of odds before and after, by title, and how to read them."""
    rows: list[list[str]] = []
    for title, differences in parts.items():
        rows.append([title, *map(tr, names), "", tr("change")])
        rows += [row(words, difference, runs) for words, difference in differences.items()]
        rows.append([""])
    return [
        *columns("lrrll", rows),
        tr(
            "The change is in percentage points, in brackets its 95% interval: sampling error of "
            "pairs of runs."
        ),
        tr("~ marks a change that could be zero."),
    ]


def row(words: str, difference: Difference, runs: int) -> list[str]:
    """Return one row of a table."""
    old, new = (percent(*share(p * runs, runs)) for p in (difference.before, difference.after))
    low, high = difference.low, difference.high
    moved = difference.difference
    change = "0" if moved == low == high == 0.0 else signed(moved, decimals(low, high))
    mark = "" if difference.clear else "~"
    return [f"  {words}", old, new, mark, f"{change} ({signed_interval(low, high)})"]


def forked(found: WhatIf, width: int) -> str:
    """Return what ``negotiation run --fork`` prints, in lines of at most ``width`` where it can."""
    left, right = (paragraphs(talks) for talks in (found.as_it_was, found.otherwise))
    same = shared(left, right)
    side = capital(by_seat(found.as_it_was.scenario)[found.was.side].name)
    name = tr("{side}, {kind}", side=side, kind=trc("kind", found.was.kind.value))
    was, instead = (
        trc("choice", str(choice).replace("_", " ")) for choice in (found.was.choice, found.instead)
    )
    column = max((width - 3) // 2, NARROWEST)
    tail = shared(left[same:][::-1], right[same:][::-1])
    ends = len(left) - tail, len(right) - tail
    head = trc("an event", "{stamp}. {sentence}", stamp=full_date(found.date), sentence=name)
    old, new = tr("AS IT WAS: {choice}", choice=was), tr("WHAT IF: {choice}", choice=instead)
    lines = [*laid_out(left[:same]), "", head, ""]
    lines += in_two(
        [Paragraph(old), Paragraph(""), *left[same : ends[0]]],
        [Paragraph(new), Paragraph(""), *right[same : ends[1]]],
        column,
    )
    lines += laid_out(left[ends[0] :])
    lines += [
        "",
        trn(
            "From that decision on, {n} run of each branch, in pairs that meet the same random "
            "events; the past and the private types stay.",
            "From that decision on, {n} runs of each branch, in pairs that meet the same random "
            "events; the past and the private types stay.",
            found.runs,
        ),
        "",
    ]
    parts = by_title(found, tr("Where things stand on the last day"), found.as_it_was.scenario)
    lines += tables(parts, found.runs, FORK)
    return "\n".join(lines)


def shared(one: Sequence[object], two: Sequence[object]) -> int:
    """Return how many elements two sequences begin with alike.

    Examples
    --------
    >>> shared("abc", "ab")
    2
    """
    pairs = enumerate(zip(one, two, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))


def in_two(left: Sequence[Paragraph], right: Sequence[Paragraph], width: int) -> list[str]:
    """Return two texts side by side, each cut into lines of its column's width.

    Examples
    --------
    >>> in_two([Paragraph("one two three")], [Paragraph("four")], 8)
    ['one two  | four', 'three    |']
    """
    pairs = zip_longest(laid_out(left, width), laid_out(right, width), fillvalue="")
    return [f"{one}{' ' * (width - wide(one))} | {two}".rstrip() for one, two in pairs]
