"""What the Odds tab shows of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.estimates import clear
from negotiation.lab.markup import PERCENTS, apportioned, band, mark, scale, tag, text
from negotiation.lab.study import Answer, Driver, Gains, Headline
from negotiation.scenario import Scenario
from negotiation.words.language import joined, tr, trc
from negotiation.words.levers import plainly
from negotiation.words.numbers import money, percent, points, width, with_minus
from negotiation.words.outcomes import statement
from negotiation.words.parties import by_seat
from negotiation.words.scene import baseline as zero
from negotiation.words.scene import capital

DOTS = 50  # a probability as so many negotiations: read better than a bar (Fernandes et al. 2018)
SHOWN = 10  # drivers


def headlines_html(answer: Answer, guess: Sequence[float] = ()) -> str:
    """Return the headline odds with both intervals, and how much has been played.

    ``guess`` is what a class said before it saw them, of each headline.
    """
    said: Sequence[float | None] = guess or [None] * len(answer.headlines)
    shown = (headline(one, mine) for one, mine in zip(answer.headlines, said, strict=True))
    figures = tag("div", *shown, class_="headlines")
    return figures + tag("p", progress(answer), class_="note")


def details_html(answer: Answer, scenario: Scenario) -> str:
    """Return the endings and the gains of both sides."""
    return tag("div", endings(answer), gains(answer, scenario), class_="columns")


def headline(one: Headline, guess: float | None = None) -> str:
    """Return a question with its odds, and what a class said of it.

    Examples
    --------
    >>> from negotiation.estimates import Estimate
    >>> html = headline(Headline("deal", "A deal is signed", Estimate(0.4, 0.35, 0.45), (0.2, 0.6),
    ...                          (0.02, 0.02), Estimate(0.1, 0.05, 0.15),
    ...                          Estimate(0.3, 0.25, 0.35)))
    >>> "40%" in html, "20% to 60%" in html, "+10 points" in html, "30% (25% to 35%)" in html
    (True, True, True, True)
    """
    p, low, high = one.odds
    before = [] if one.change is None else [mark(p - one.change.p, "before")]
    lines = [
        tr(
            "Give or take, with so few runs: {low} to {high}.",
            low=percent(low),
            high=percent(high),
        ),
        tr("If the uncertain numbers were known: {interval}.", interval=width(one.over, one.error)),
    ]
    changed = ""
    if one.change is not None:
        certain = clear(one.change.low, one.change.high)
        if one.change == (0.0, 0.0, 0.0) or (one.change.p == 0.0 and not certain):
            told = tr("No change against the baseline.")
        else:
            told = tr("{points} against the baseline.", points=points(*one.change))
            told = joined(told, "" if certain else tr("That may be chance."))
        changed = tag("p", text(told), class_="change")
    if one.before is not None:
        base, least, most = (percent(x) for x in one.before)
        told = tr("The baseline: {odds} ({low} to {high}).", odds=base, low=least, high=most)
        changed += tag("p", text(told), class_="change pinned")
    mine = [] if guess is None else [mark(guess, "guess")]
    drawn = scale(
        band(*one.over, "wide"), band(low, high, "narrow"), mark(p, "point"), *before, *mine,
        ticks=PERCENTS,
    )  # fmt: skip
    said = "" if guess is None else tag("p", text(against(guess, p)), class_="change guessed")
    return tag(
        "section",
        tag("h2", text(one.sentence)),
        tag("p", text(percent(p)), class_="big"),
        said,
        changed,
        drawn,
        *(tag("p", text(line), class_="note") for line in lines),
        class_="figure",
    )


def against(guess: float, odds: float) -> str:
    """Return what a class said, and how far it is from the odds.

    Examples
    --------
    >>> against(0.6, 0.38), against(0.2, 0.203)
    ('Your class said 60%: 22 points more.', 'Your class said 20%: the same.')
    """
    points = round(100 * guess) - round(100 * odds)
    said = {"guess": percent(guess), "n": abs(points)}
    if points == 0:
        return tr("Your class said {guess}: the same.", **said)
    if points > 0:
        return tr("Your class said {guess}: {n} points more.", **said)
    return tr("Your class said {guess}: {n} points fewer.", **said)


def progress(answer: Answer) -> str:
    """Return how much has been played, and whether more is to come."""
    counts = {"runs": f"{answer.runs:,}", "worlds": f"{answer.worlds:,}"}
    told = tr("{runs} negotiations in {worlds} worlds, in this model.", **counts)
    return text(joined(told, "" if answer.done else tr("More are being played.")))


def endings(answer: Answer) -> str:
    """Return how the negotiations end: dots and bars."""
    shares = [estimate.p for _, _, estimate, _ in answer.endings]
    dots = "".join(
        f'<i class="dot {state}" title="{text(told)}"></i>' * n
        for (state, told, _, _), n in zip(answer.endings, apportioned(shares, DOTS), strict=True)
    )
    rows = []
    for state, told, estimate, change in answer.endings:
        shift = ""
        if change is not None and abs(change) >= 0.005:
            by = with_minus(f"{100 * change:+.0f}")
            base = percent(estimate.p - change)
            shift = trc("a shift", " ({n} points against {baseline})", n=by, baseline=base)
        rows.append(
            tag("dt", f'<i class="dot {state}" aria-hidden="true"></i>', text(capital(told)))
            + tag(
                "dd",
                tag("span", text(percent(estimate.p) + shift), class_="value"),
                scale(
                    band(0.0, estimate.p, f"bar {state}"), band(*estimate[1:], "whisker"),
                    class_="scale thin",
                ),
            )
        )  # fmt: skip
    return tag(
        "section",
        tag("h2", text(tr("How it ends"))),
        tag("p", text(tr("{n} negotiations would end so:", n=DOTS)), class_="note"),
        tag("div", dots, class_="dots", aria_hidden="true"),
        tag("dl", *rows, class_="rows"),
    )


def gains(answer: Answer, scenario: Scenario) -> str:
    """Return what both sides have gained by the horizon."""
    names, unit = by_seat(scenario), scenario.unit
    ends = [0.0, *(x for gain in answer.gains for x in gain.spread)]
    low, high = min(ends), max(ends)
    size = (high - low) or 1.0
    rows = [_gain(gain, names[gain.side].title, unit, low, size) for gain in answer.gains]
    told = tr(
        "By the horizon, against {zero}. Pale: 95 of 100 negotiations; dark: the mean.",
        zero=zero(scenario),
    )
    return tag(
        "section",
        tag("h2", text(tr("What both sides gain"))),
        tag("p", text(told), class_="note"),
        tag("dl", *rows, class_="rows"),
    )


def _gain(gain: Gains, name: str, unit: str, low: float, size: float) -> str:
    mean = gain.mean
    reach = {"low": signed(gain.spread[0], unit), "high": signed(gain.spread[1], unit)}
    said = tr("{mean}; {low} to {high}", mean=signed(mean.p, unit), **reach)
    if gain.change is not None:
        change = signed(gain.change, unit)
        base = signed(mean.p - gain.change, unit)
        said = tr(
            "{gain}; {change} against the baseline, {base}", gain=said, change=change, base=base
        )
    spread = [(x - low) / size for x in gain.spread]
    ends = [(x - low) / size for x in (mean.low, mean.high)]
    drawn = scale(
        band(spread[0], spread[1], f"wide {gain.side}"), band(ends[0], ends[1], "narrow"),
        mark((mean.p - low) / size, "point"), mark((0.0 - low) / size, "nought"),
        ticks=(((0.0 - low) / size, "0"),),
    )  # fmt: skip
    return tag("dt", text(name)) + tag("dd", tag("span", text(said), class_="value"), drawn)


def signed(amount: float, unit: str) -> str:
    """Return an amount with its sign.

    Examples
    --------
    >>> signed(2.0, "$bn"), signed(-0.04, "$bn")
    ('+$2.0bn', '$0.0bn')
    """
    told = money(abs(amount), unit)
    if float(f"{abs(amount):.1f}") == 0.0:
        return told
    return ("+" if amount > 0 else "\N{MINUS SIGN}") + told


def drivers_html(found: list[Driver], runs: int, outcome: str, scenario: Scenario) -> str:
    """Return which numbers the odds of an outcome go with."""
    asked = statement(outcome, scenario)
    lowered = f"{asked[0].lower()}{asked[1:]}"
    rows = []
    for driver in found[:SHOWN]:
        ends = sorted((0.5, 0.5 + driver.strength / 2))
        drawn = scale(
            band(ends[0], ends[1], "bar driver"),
            band(0.5 + driver.low / 2, 0.5 + driver.high / 2, "whisker"), mark(0.5, "nought"),
            class_="scale thin",
        )  # fmt: skip
        strength = with_minus(f"{driver.strength:+.2f}")
        told = (
            tr("the higher, the more likely ({r})", r=strength)
            if driver.strength > 0
            else tr("the higher, the less likely ({r})", r=strength)
        )
        name = tag("dt", text(capital(plainly(driver.path, scenario)[0])))
        rows.append(name + tag("dd", tag("span", text(told), class_="value"), drawn))
    n = f"{runs:,}"
    said = tr(
        "{n} negotiations with all uncertain numbers drawn at once: rank correlations, the part of "
        "the others taken out, and their 95% intervals. Numbers not listed are lost in the noise.",
        n=n,
    )
    nothing = tag("p", text(tr("No number stands out.")))
    body = tag("dl", *rows, class_="rows") if rows else nothing
    return tag(
        "section",
        tag("h2", text(tr("What drives it: {statement}", statement=lowered))),
        tag("p", text(said), class_="note"),
        body,
    )
