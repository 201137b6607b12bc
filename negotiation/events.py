"""What happened in a negotiation, as records from which a transcript is written."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from negotiation.rules import journal
from negotiation.rules.home import group_support
from negotiation.rules.state import REGIMES
from negotiation.scenario import SIDES, Scenario


class Event(NamedTuple):
    """Something that happened: on which day, in which phase, by whom, and what it was."""

    day: float
    phase: str
    kind: str
    side: int | None
    detail: dict[str, Any]


# by rung, none first
PENALTIES = (None, "in part", "in full", "with a cut of rare earths", "at the peak")
NAMES = {
    journal.RULING: ("news", "ruling"),
    journal.SELLOFF: ("news", "selloff"),
    journal.INCIDENT: ("news", "incident"),
    journal.THAW: ("news", "thaw"),
    journal.SECTORAL: ("news", "sectoral"),
    journal.DELAYED: ("news", "delayed"),
    journal.CONTROLS: ("news", "controls"),
    journal.STEP_TAKEN: ("provocations", "step"),
    journal.REOPENED: ("talks", "reopened"),
    journal.LAPSE_ENDED: ("talks", "lapse_ends"),
    journal.OFFERED: ("talks", "offer"),
    journal.WITHDRAWN: ("talks", "withdrawn"),
    journal.PARKED: ("talks", "parked"),
    journal.SIGNED: ("talks", "signed"),
    journal.BLOCKED: ("talks", "blocked"),
    journal.DATE_MET: ("talks", "crisis_meeting"),
    journal.RARE_EARTHS_CUT: ("talks", "rare_earths_cut"),
    journal.NOT_MET: ("summit", "no_meeting"),
    journal.LEADERS_SIGNED: ("summit", "signed"),
    journal.NO_DEAL: ("summit", "no_deal"),
    journal.READY: ("talks", "ready"),
    journal.DRAFTED: ("talks", "draft"),
    journal.PREPARED: ("summit", "text"),
    journal.PUT_OFF: ("summit", "put_off"),
    journal.PICTURE: ("summit", "picture"),
    journal.TERM_OVER: ("talks", "term_over"),
}


def event_of(entry: Any, scenario: Scenario, talks: Any, world: Any) -> Event:
    """Return a journal entry as an event.

    Parameters
    ----------
    entry : record of ``rules.script.ENTRY``
    scenario : Scenario
    talks, world : records
        Of the negotiation: names of the groups, and what is drawn once.
    """
    what = int(entry["what"])
    phase, kind = NAMES[what]
    if what == journal.DATE_MET and entry["facts"][2]:
        phase, kind = "deadline", "date_met"
    side = int(entry["side"])
    detail = _detail(what, entry, scenario, talks, world)
    return Event(float(entry["day"]), phase, kind, None if side < 0 else side, detail)


def phase_of(what: int) -> str:
    """Return the phase that a kind of journal entry belongs to."""
    return NAMES[what][0]


def _detail(what: int, entry: Any, scenario: Scenario, talks: Any, world: Any) -> dict[str, Any]:
    facts, numbers = [int(x) for x in entry["facts"]], [float(x) for x in entry["numbers"]]
    package = np.array(entry["package"])
    if phase_of(what) == "news":
        return {"tension": numbers[0], "rise": numbers[1]}
    if what == journal.STEP_TAKEN:
        return {"answered": bool(facts[0]), "tension": numbers[0], "rise": numbers[1]}
    if what == journal.REOPENED:
        return {"delivered": numbers[0], "expiry": numbers[1], "day": float(entry["day"])}
    if what == journal.LAPSE_ENDED:
        return {
            "regime": REGIMES[facts[0]],
            "penalties": PENALTIES[facts[1]],
            "withheld": withheld_under(PENALTIES[facts[1]], world),
            "expiry": numbers[0],
            "day": float(entry["day"]),
        }
    if what == journal.OFFERED:
        return {
            "package": package, "asked": bool(facts[2]), "accepted": bool(facts[0]),
            "round": facts[1], "worth": numbers[:2], "day": numbers[2],
        }  # fmt: skip
    if what == journal.PARKED:
        return {
            "package": package,
            "beyond_mandate": _issues_in(facts[0], scenario),
            "not_ready": _issues_in(facts[1], scenario),
            "day": numbers[0],
        }
    if what in (journal.WITHDRAWN, journal.SIGNED, journal.READY):
        return {"package": package, "day": numbers[0]}
    if what == journal.DATE_MET:
        issue, after = facts[0], facts[3]
        return {
            "demand": list(scenario.issues)[issue] if issue >= 0 else None,
            "agreed": bool(facts[1]),
            "deadline": bool(facts[2]),
            "regime": REGIMES[after % 16],
            "penalties": PENALTIES[after // 16],
            "withheld": withheld_under(PENALTIES[after // 16], world),
            "gain": numbers[2],
            "price": numbers[3],
            "due": numbers[0],
            "expiry": numbers[1],
            # of a concession: the truce may outlast it
            "held_until": min(numbers[1], numbers[0] + float(world["deadline_held_days"])),
        }
    if what == journal.NOT_MET:
        return {"feasible": bool(facts[0]), "broken": bool(facts[1]), "day": numbers[0]}
    if what in (journal.DRAFTED, journal.PREPARED):
        return _tabled(facts, numbers, package, scenario, talks, world)
    if what == journal.PUT_OFF:
        return {"broken": bool(facts[0]), "day": numbers[0], "until": numbers[1]}
    if what == journal.LEADERS_SIGNED:
        return {"package": package, "gains": numbers[2:], "day": numbers[0]}
    if what == journal.RARE_EARTHS_CUT:
        return {"withheld": withheld_under(PENALTIES[3], world), "day": numbers[0]}
    # of a home front's veto, or of a summit without a deal
    return {"day": numbers[0]}


def withheld_under(penalties: str | None, world: Any) -> float:
    """Return the share of rare earths that is withheld while penalties of a kind are in force."""
    named = {PENALTIES[3]: "rare_earths_cut_suspended", PENALTIES[4]: "rare_earths_cut_peak"}
    return float(world[named[penalties]]) if penalties in named else 0.0


def _issues_in(bits: int, scenario: Scenario) -> list[str]:
    """Return the issues whose bits are set."""
    return [name for k, name in enumerate(scenario.issues) if bits >> k & 1]


def _tabled(
    facts: list[int], numbers: list[float], package: np.ndarray, scenario: Scenario,
    talks: Any, world: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return how a package fares with those who may sign it and every group at home."""
    signs, ratified = [bool(x) for x in facts[:2]], [bool(x) for x in facts[2:]]
    return {
        "package": package,
        "signs": signs,
        "ratified": ratified,
        "passes": [a and b for a, b in zip(signs, ratified, strict=True)],
        "support": {
            name: float(group_support(world, side, group, package, numbers[2 + side]))
            for side, label in enumerate(SIDES)
            for group, name in enumerate(getattr(scenario, label).constituencies)
        },
        "swing": [float(world["home_shock"][i] * talks["home_shock"][i]) for i in range(2)],
        "needed": [float(world["ratification"][i]) for i in range(2)],
        "worth": numbers[2:],
        "spares": numbers[1] if numbers[1] >= 0.0 else None,
        "day": numbers[0],
    }
