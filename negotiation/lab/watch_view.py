"""What the Watch tab shows of a scene."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from negotiation.lab.markup import Axes, at, band, key, mark, scale, tag, text
from negotiation.lab.odds_view import signed
from negotiation.lab.watching import Scene, Side
from negotiation.rules.state import REGIMES
from negotiation.scenario import SIDES, STANCES, Scenario
from negotiation.talks import Talks
from negotiation.transcript.telling import ending as told_ending
from negotiation.transcript.telling import entries
from negotiation.words.language import joined, marked, tr, trc
from negotiation.words.numbers import percent, readable, with_minus
from negotiation.words.parties import by_seat
from negotiation.words.scene import capital, date_of, day_month, full_date, measure, month
from negotiation.words.standing import phrases

IN_FORCE = {
    "escalation": marked("Penalties are in force"),
    "working_deal": marked("A deal at working level is in force"),
    "summit_deal": marked("A deal of the leaders is in force"),
}


class Dated(Protocol):
    """A negotiation that stands somewhere in its calendar, as :class:`Scene` does."""

    @property
    def scenario(self) -> Scenario:
        """What is played."""

    @property
    def date(self) -> dt.date:
        """Today."""

    @property
    def day(self) -> float:
        """Days since the first."""

    @property
    def last(self) -> float:
        """How many days there are."""

    @property
    def expiry(self) -> float | None:
        """Day on which what is in force runs out."""

    @property
    def regime(self) -> int:
        """What is in force."""

    @property
    def over(self) -> bool:
        """Whether the horizon is reached."""

    @property
    def talks(self) -> Talks:
        """What has happened so far."""


def now_html(scene: Dated, forks: Sequence[float] = ()) -> str:
    """Return the date, what is in force, and the calendar strip.

    ``forks`` are the days on which something was decided otherwise than by rule.
    """
    force = in_force(scene.scenario, scene.regime, scene.expiry, over=scene.over)
    said = text(tr("{this}.", this=force))
    now = tag("p", tag("b", text(full_date(scene.date))), " ", said, class_="now")
    return now + strip(scene, forks)


def in_force(scenario: Scenario, regime: int, expiry: float | None, *, over: bool) -> str:
    """Return what is in force, and until when."""
    name = REGIMES[regime]
    has_truce = scenario.calendar.truce_expires is not None
    words = phrases(scenario)
    known = {**{k: tr(v) for k, v in IN_FORCE.items()}, "truce": words.holds, "lapse": words.past}
    force = known.get(name, name) if has_truce or name != "truce" else tr("No deal yet")
    if expiry is not None and name == "truce" and not over:
        until = day_month(date_of(scenario, expiry))
        force = tr("{state} until {date}", state=force, date=until)
    return force


def strip(scene: Dated, forks: Sequence[float] = ()) -> str:
    """Return the calendar: months, the truce's end, the summit's window, events, today.

    Every kind of mark has a shape and a height of its own, and a line in the legend below.
    """
    scenario, last = scene.scenario, scene.last
    calendar, names = scenario.calendar, by_seat(scene.scenario)

    def place(date: dt.date) -> float:
        return (date - calendar.start).days / last

    inner, ticks = [], []
    if calendar.summit_from is not None and calendar.summit_to is not None:
        inner.append(band(place(calendar.summit_from), place(calendar.summit_to), "summit"))
    months = sorted({(calendar.start + dt.timedelta(d)).replace(day=1) for d in range(int(last))})
    for first in months[:: max(1, len(months) // 6)]:
        if first >= calendar.start:
            ticks.append((place(first), month(first)))
    by = {SIDES[e.side] if e.side is not None else "nobody" for e in scene.talks.events}
    for event in scene.talks.events:
        side = SIDES[event.side] if event.side is not None else "nobody"
        inner.append(mark(event.day / last, f"event {side}"))
    dated = scene.expiry if scene.expiry is not None and scene.expiry <= last else None
    if dated is not None:
        inner.append(mark(dated / last, "expiry"))
    inner.append(band(0.0, scene.day / last, "gone"))
    inner.append(mark(scene.day / last, "today"))
    inner += [mark(day / last, "fork") for day in forks]
    said = [("today", tr("today"))]
    if forks:
        said.append(("fork", tr("decided otherwise")))
    if dated is not None:
        date = day_month(date_of(scenario, dated))
        said.append(("expiry", tr("runs out on {date}", date=date)))
    if calendar.summit_from is not None:
        date = day_month(calendar.summit_from)
        said.append(("summit", tr("the leaders may meet from {date}", date=date)))
    said += [
        (f"event {side}", tr("what {side} did", side=names[side].name))
        for side in SIDES
        if side in by
    ]
    if "nobody" in by:
        said.append(("event nobody", tr("news, and what both did")))
    legend = "".join(f'<span><i class="{c}"></i>{text(words)}</span>' for c, words in said)
    return scale(*inner, ticks=ticks, class_="scale strip") + tag("p", legend, class_="note legend")


def picture_html(scene: Scene) -> str:
    """Return both sides' offers, closing in on what they could reach together."""
    names, ground = by_seat(scene.scenario), scene.ground
    points = [ground.walk_away, ground.nash, *(worth for _, worth in scene.offers)]
    low = [min(0.0, *(p[k] for p in points)) for k in range(2)]
    useful = [p for p in ground.frontier if p[0] >= low[0] and p[1] >= low[1]]
    axes = Axes.around([low, *points, *useful])
    drawn = [axes.line(useful, "frontier")]
    drawn += [axes.dot(ground.walk_away, "walk", "+"), axes.dot(ground.nash, "nash", "x")]
    for side, shape in zip(SIDES, "os", strict=True):
        mine = [worth for who, worth in scene.offers if who == side]
        drawn.append(axes.line(mine, f"track {side}"))
        drawn += [axes.dot(worth, f"offer {side}", shape, 3.5) for worth in mine[:-1]]
        drawn += [axes.dot(worth, f"offer {side} last", shape, 8.0) for worth in mine[-1:]]
    if scene.talks.package:
        drawn.append(axes.dot(ground.worth(list(scene.talks.package.values())), "signed", "*", 11))
    unit = measure(scene.scenario)
    told = [
        tr(
            "{side}'s last offer is worth {pair}",
            side=names[side].title,
            pair=pair(scene.sides[side].standing),
        )
        for side in SIDES
        if scene.sides[side].standing is not None
    ]
    label = tr(
        "Worth to ({first}, {second}), {unit}.", first=names["us"].name,
        second=names["china"].name, unit=unit,
    )  # fmt: skip
    label = joined(label, ". ".join(told) or tr("No offers yet."))
    legend = [
        ("frontier", "-", tr("as much as both can get")),
        ("walk", "+", tr("each walks away below")),
        ("nash", "x", tr("Nash's fair split")),
        ("offer us", "o", tr("offers of {side}", side=names["us"].name)),
        ("offer china", "s", tr("offers of {side}", side=names["china"].name)),
    ]
    if scene.talks.package:
        legend.append(("signed", "*", trc("in a legend", "signed")))
    return tag(
        "section",
        tag("h2", text(tr("The offers"))),
        axes.drawn(
            *drawn, label=label,
            x=tr("worth to {side}, {unit}", side=names["us"].name, unit=unit),
            y=tr("worth to {side}", side=names["china"].name),
        ),
        key(*legend),
    )  # fmt: skip


def pair(worth: tuple[float, float] | None) -> str:
    """Return what a package is worth to both."""
    return "" if worth is None else f"({readable(worth[0])}, {readable(worth[1])})"


def minds_html(scene: Scene) -> str:
    """Return what each side believes of the other, support at home, tension and the stock."""
    names = by_seat(scene.scenario)
    cards = [
        _mind(capital(names[side].name), names[other].name, scene.sides[other], scene, side)
        for side, other in (SIDES, SIDES[::-1])
    ]
    tension = with_minus(f"{scene.tension:.1f}")
    lines = [tr("Tension {n}", n=tension)]
    if scene.scenario.rare_earths.stock_months.value > 0:
        stock = f"{max(scene.stock, 0.0):.1f}"
        lines.append(tr("Rare earths in stock: {n} months", n=stock))
    told = "".join(
        tag("dt", text(line)) + tag("dd", trace(scene, name))
        for line, name in zip(lines, ("tension", "stock"), strict=False)
    )
    return tag("div", *cards, class_="columns") + tag("dl", told, class_="rows")


def trace(scene: Scene, name: str) -> str:
    """Return how a number went so far, as a small line."""
    days, values = scene.paths["day"], scene.paths[name]
    low, high = min(0.0, float(values.min())), max(1e-6, float(values.max()))
    points = " ".join(
        f"{300 * day / scene.last:.1f},{30 - 26 * (v - low) / (high - low or 1.0):.1f}"
        for day, v in zip(days, values, strict=True)
    )
    zero = f"{30 - 26 * (0.0 - low) / (high - low or 1.0):.1f}"
    return (
        '<svg class="trace" viewBox="0 0 300 34" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="M0,{zero}H300" class="nought"/><polyline points="{points}"/></svg>'
    )


def _mind(name: str, other: str, side: Side, scene: Scene, own: str) -> str:
    """Return what a side believes of the other, and what its own home would say."""
    bars = "".join(
        f'<i class="{kind}" style="width:{at(p)}"></i>'
        for kind, p in zip(STANCES, side.believed, strict=True)
    )
    told = trc("between groups", ", ").join(
        trc("a belief", "{kind} {chance}", kind=trc("stance", kind), chance=percent(p))
        for kind, p in zip(STANCES, side.believed, strict=True)
    )
    mine = scene.sides[own]
    rows = [
        tag(
            "p",
            text(
                tr(
                    "How protectionist is {other}? {beliefs}.",
                    other=other,
                    beliefs=capital(told),
                )
            ),
            class_="note",
        ),
        tag("div", bars, class_="stack", aria_hidden="true"),
        tag(
            "p",
            text(
                tr(
                    "Chance that it never gives in: {chance}.",
                    chance=percent(side.resolute),
                )
            ),
            class_="note",
        ),
        scale(band(0.0, side.resolute, "bar driver"), class_="scale thin"),
    ]
    if mine.home is not None:
        shares = {"share": percent(mine.home), "needed": percent(mine.needed)}
        at_home = (
            tr(
                "At home {share} are for the other side's offer; it would pass ({needed} are "
                "needed).", **shares,
            )
            if mine.home >= mine.needed
            else tr(
                "At home {share} are for the other side's offer; it would fall short ({needed} are "
                "needed).", **shares,
            )
        )  # fmt: skip
        rows += [
            tag("p", text(at_home), class_="note"),
            scale(
                band(0.0, mine.home, f"bar {own}"), mark(mine.needed, "expiry"),
                class_="scale thin",
            ),
        ]  # fmt: skip
    account = signed(mine.account, scene.scenario.unit)
    rows.append(tag("p", text(tr("Gained so far: {sum}.", sum=account)), class_="note"))
    head = tag("h3", text(tr("{side} thinks", side=name)))
    return tag("section", head, *rows, class_=f"mind {own}")


def transcript_html(scene: Scene, between: Sequence[tuple[int, str]] = ()) -> str:
    """Return what has happened, a line an event, and at the end the accounts.

    ``between`` are further lines, each with how many events stand before it.
    """
    told = lines_html(scene.talks, over=scene.over, between=between)
    return told or tag("li", text(tr("Nothing has happened yet.")))


def lines_html(
    talks: Talks, *, over: bool, first: int = 0, between: Sequence[tuple[int, str]] = ()
) -> str:
    """Return the events of a negotiation from one of them on, a line an event."""
    lines = []
    for number, entry in enumerate(entries(talks)):
        lines += [line for before, line in between if before == number >= first]
        date = dt.date.fromisoformat(entry["date"])
        side = entry["side"] or "nobody"
        if number >= first:
            said = tag("b", text(day_month(date))), " ", text(entry["text"])
            lines.append(tag("li", *said, class_=side))
    lines += [line for before, line in between if before >= len(talks.events)]
    if over:
        told = " ".join(line.replace("\n", " ") for line in told_ending(talks))
        lines.append(tag("li", tag("b", text(tr("The end"))), " ", text(told), class_="end"))
    return "".join(lines)


def asked_html(scene: Scene) -> str:
    """Return the decision at hand, and how its side would take it."""
    if scene.asked is None:
        return tag("p", text(tr("The horizon is reached: reset, or watch another run.")))
    asked, names = scene.asked, by_seat(scene.scenario)
    whom = names[asked.side].name
    actor = trc("actor", asked.kind.actor)
    head = tag("h2", text(tr("{side} decides ({actor})", side=capital(whom), actor=actor)))
    if asked.share is not None:
        share = percent(asked.share)
        said = tr("By its own strategy it asks for {share} of what there is for it.", share=share)
    else:
        told = trc("between groups", ", ").join(
            trc("a belief", "{kind} {chance}", kind=chosen(word), chance=percent(p))
            for word, p in asked.chances.items()
        )
        said = tr("By its own rule: {choices}.", choices=told)
    return head + tag("p", text(asked.sentence)) + tag("p", text(said), class_="note")


def chosen(word: str) -> str:
    """Return what a choice is called."""
    return trc("choice", word.replace("_", " "))
