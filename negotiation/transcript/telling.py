"""The transcript as text and as data."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.transcript.ending import ending, hidden
from negotiation.transcript.happenings import day_of, sentence, stamp
from negotiation.words.numbers import percent
from negotiation.words.packages import by_name
from negotiation.words.scene import capital, date_of, day_month, full_date

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record

WIDTH = 92


def tell(talks: Record) -> str:
    """Return a negotiation as text: dates, phases, sentences; at the end what stayed hidden.

    Parameters
    ----------
    talks : Record
        From :func:`negotiation.run`.

    Examples
    --------
    >>> import negotiation as ng
    >>> print(ng.run(ng.Scenario.load("split-the-pie"), seed=1).transcript)
    Split the pie: one divisible issue, nothing else
    Run 0 under seed 1: what the model's two sides did, not what happened.
    ...
    On 29 December 2025 a deal signed by the delegations is in force.
    What was signed:
      From the United States: the pie 50% to China.
    ...
    """
    scenario = talks.scenario
    lines = [
        scenario.title,
        f"Run {talks.run} under seed {talks.seed}: "
        "what the model's two sides did, not what happened.",
        "",
        *wrapped(opening(scenario)),
    ]
    for day, events in groupby(talks.events, key=lambda event: event.day):
        lines += ["", heading(scenario, day)]
        for event in events:
            lines += wrapped(f"{stamp(talks, event)}. {sentence(talks, event)}", indent="  ")
    lines += ["", f"Accounts, {full_date(scenario.calendar.horizon)}"]
    for text in ending(talks):
        lines += wrapped(text, indent="  ")
    if secrets := hidden(talks):
        lines += ["", "What neither side could see"]
        for text in secrets:
            lines += wrapped(text, indent="  ")
    return "\n".join(lines)


def entries(talks: Record) -> list[dict[str, Any]]:
    """Return the transcript as plain data, one entry an event, in order.

    Returns
    -------
    list of dict
        ``date`` (ISO), ``phase``, ``kind``, ``side`` ("us", "china" or None), ``text`` (the
        sentence) and ``detail`` (numbers; packages as ``{issue: share conceded}``).
    """
    return [
        {
            "date": date_of(talks.scenario, day_of(event)).isoformat(),
            "phase": event.phase,
            "kind": event.kind,
            "side": None if event.side is None else ("us", "china")[event.side],
            "text": sentence(talks, event).replace("\n", " "),
            "detail": plain_detail(talks, event),
        }
        for event in talks.events
    ]


def plain_detail(talks: Record, event: Event) -> dict[str, Any]:
    """Return an event's detail without arrays."""
    detail = {}
    for name, value in event.detail.items():
        if name == "package":
            value = dict(by_name(talks.scenario, value))
        elif isinstance(value, np.ndarray):
            value = value.tolist()
        detail[name] = value
    return detail


def opening(scenario: Scenario) -> str:
    """Return how things stand on the first day."""
    calendar, tariffs = scenario.calendar, scenario.tariffs
    words = []
    if calendar.truce_expires is not None:
        words.append(
            f"A truce is in force until {full_date(calendar.truce_expires)}; an extension would "
            f"add {calendar.extension_days} days."
        )
    if tariffs.us_truce.value or tariffs.china_truce.value:
        words.append(
            "On top of the tariffs of 2024, the United States charges "
            f"{percent(tariffs.us_truce.value)} on Chinese goods and China "
            f"{percent(tariffs.china_truce.value)} on US goods."
        )
    if calendar.summit_from is not None and calendar.summit_to is not None:
        words.append(
            f"The leaders may meet between {day_month(calendar.summit_from)} and "
            f"{day_month(calendar.summit_to)}."
        )
    names = [issue.name for issue in scenario.issues.values()]
    words.append(f"On the agenda: {', '.join(names)}.")
    return " ".join(words)


def heading(scenario: Scenario, day: float) -> str:
    """Return the heading of a tick."""
    tick = scenario.clock.tick_days.value
    first = full_date(date_of(scenario, day))
    if tick == 7.0:
        return f"Week of {first}"
    return first if tick <= 1.0 else capital(f"{tick:g} days from {first}")


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return ``text`` as lines of at most 92 characters, what follows the first indented."""
    points = text.split("\n")
    return [
        line
        for place, point in enumerate(points)
        for line in textwrap.wrap(
            point,
            WIDTH,
            initial_indent=indent + ("  " if place else ""),
            subsequent_indent=indent + ("    " if place else "  ") if indent else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]
