"""From what was known before a decision to a scenario: one function, the same for every row.

The Stockholm scenario's economy, agenda and home fronts are kept; the calendar, the tariffs, what
is on the agenda and what a lapse costs follow from the covariates. The behavioural parameters
come in as numbers (:mod:`negotiation.hindcast.priors`), so that they can be calibrated.

===========================  ====================================================================
covariate                    mechanism
===========================  ====================================================================
date                         five weeks of talks before it, one after, and none before the threat;
                             which facts are known yet
tariffs before               tariffs in force
points at stake              what a lapse brings (or, in an escalation, leaves) in force
deadline binding             whether a lapse brings penalties at once or leaves time
truce running                tension at the start, and what giving in costs at home
leaders' meeting             held: the leaders meet; else what a lapse puts off
purchases in play            China can pledge; live talks that a lapse would break off
rare earths or technology    technology controls and, since April 2025, licences are on the agenda
===========================  ====================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from negotiation.hindcast.episodes import Episode, calm_level, calm_year
from negotiation.hindcast.priors import NAMES, SHAPES, central
from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.based_on import take_out
from negotiation.scenario.scaling import scaled
from negotiation.scenario.standing import Before
from negotiation.words.parties import party

BASE = "stockholm-2025"
TALKS_DAYS, AFTER_DAYS, ROUND_DAYS = 35, 7, 7
NEAR = 31  # days within which a hard deadline binds the decision
LICENCES = dt.date(2025, 4, 4)  # China's licences for rare earths (retrieved: Adamas Intelligence)
FENTANYL = dt.date(2025, 2, 4)  # first duty justified with fentanyl (retrieved: PIIE)
PEAK_SEEN = dt.date(2025, 5, 12)  # after it both sides know what a full escalation is
FRESH_DEALS = dt.date(2025, 7, 22)  # deals at 15 to 20% with Japan and others (article)
PEAK = (126.5, 147.6)  # average tariffs at the April peak, percent (retrieved, memory)
ESCALATED = 60.0  # points over the calm level above which an escalation is in force: ours
# Points over the calm level that taking the escalation of April 2025 off would leave, as known on
# the day before the truce: of the US 20 for fentanyl and the 10 kept for everybody on 9 April; of
# China its answers of February and March, 1 on average, and 10 in kind (derived from PIIE).
TRUCE_POINTS = (30.0, 11.0)
CALM, TENSE = 0.5, 1.5  # incidents of tension at the start with and without a truce: ours
SOFT = 0.5  # chance that what is at stake comes where no penalty takes effect by itself: ours
STOCKHOLM_POINTS = 24.0  # of headline tariff that were suspended in 2025 (Geneva statement)
PENALTY_DAYS = 45.0  # in which a lapse costs what the priors say of it: ours, the spring of 2025
STEPS = {"us": 6.0, "china": 4.0}  # occasions for a unilateral step, per year (scenario)
TRACK = {"none": 0.0, "call_held": 0.5, "scheduled": 1.0, "held": 1.0}
BORDERS = ("canada", "mexico")  # of the United States: fentanyl was on their agenda in 2025 too
OF_CHINA = ["precursor_control", "oil_imports"]


def binds(episode: Episode) -> bool:
    """Return whether a penalty takes effect by itself within a month of the decision."""
    if episode.binding != "hard":
        return False
    return episode.deadline is None or (episode.deadline - episode.date).days <= NEAR


def levels(episode: Episode) -> tuple[float, float]:
    """Return the points of average tariff that both sides have in force in the dispute."""
    return episode.us_level, episode.china_level


def standing(episode: Episode) -> Before:
    """Return what the decision is about, see :class:`negotiation.scenario.standing.Standing`.

    Examples
    --------
    >>> standing(Episode("N1", dt.date(2026, 3, 1), 30.0, 10.0, truce=True))
    'truce'
    """
    if episode.in_force:
        return "relief"
    if episode.truce:
        return "truce"
    return "rise" if episode.penalties else "calm"


def counted_over(episode: Episode) -> str:
    """Return in words what the tariffs of an episode come on top of."""
    if not episode.averages:
        return "other tariffs"
    return f"the tariffs of {calm_year(episode.date)}"


def stakes(episode: Episode) -> tuple[float, float]:
    """Return the points of average tariff at stake."""
    return episode.us_stake, episode.china_stake


def licences(episode: Episode) -> bool:
    """Return whether exports of rare earths need China's licence by then."""
    return episode.date >= LICENCES and episode.sides == SIDES


def track(episode: Episode) -> float:
    """Return how far a leaders' meeting is in the picture, 0 to 1."""
    return TRACK[episode.leaders]


@cache
def base(scale: float = 1.0) -> Scenario:
    """Return the scenario whose economy, agenda and home fronts all situations share.

    ``scale`` multiplies its sums of money, see :mod:`negotiation.scenario.scaling`.
    """
    if scale == 1.0:
        return Scenario.load(BASE)
    return Scenario.from_dict(scaled(base().model_dump(), scale))


def setting(episode: Episode) -> Scenario:
    """Return the scenario of a situation, its behavioural parameters at their priors' centres.

    Examples
    --------
    >>> setting(Episode("N1", dt.date(2018, 7, 6), 0.0, 0.0)).calendar.truce_expires.isoformat()
    '2018-07-06'
    """
    changes: dict[str, Any] = {
        "name": f"episode {episode.id}",
        "title": f"Decision of {episode.date}",
    }
    changes |= {"sides": episode.sides}
    agenda, off = _agenda(episode)
    changes |= _calendar(episode) | _tariffs(episode) | agenda
    changes["standing"] = {"before": standing(episode), "counted_over": counted_over(episode)}
    own = without(base(episode.scale), off).replace(changes)
    return own.replace(behaviour(dict(zip(NAMES, central(), strict=True)), episode))


def without(scenario: Scenario, off: list[str]) -> Scenario:
    """Return a scenario without some of its issues."""
    data = scenario.model_dump()
    for name in off:
        take_out(data, f"issues.{name}")
    return Scenario.from_dict(data)


def _calendar(episode: Episode) -> dict[str, Any]:
    held = episode.leaders == "held"
    comes = episode.comes or episode.date
    expires = comes + dt.timedelta(AFTER_DAYS if held and comes == episode.date else 0)
    start = expires - dt.timedelta(TALKS_DAYS)
    if episode.notice is not None:
        start = max(start, comes - dt.timedelta(episode.notice))
    start = min(start, (episode.date if held else expires) - dt.timedelta(1))
    return {
        "calendar": {
            "start": start,
            "truce_expires": expires,
            "horizon": expires + dt.timedelta(AFTER_DAYS),
            "summit_from": episode.date if held else None,
            "summit_to": episode.date if held else None,
            "extension_days": 90,
            "talks_every_days": ROUND_DAYS,
        },
        "news.tension": CALM if episode.truce else TENSE,
        "summit.feasible": 1.0,
    }


def _tariffs(episode: Episode) -> dict[str, Any]:
    changes: dict[str, Any] = {"tariffs.us_bite": 1.0, "tariffs.china_bite": 1.0}
    calm = calm_level(episode.date)
    for side, level, stake, top, ground in zip(
        SIDES, levels(episode), stakes(episode), PEAK, calm, strict=True
    ):
        low = max(level - stake, 0.0) if episode.in_force else level
        high = level if episode.in_force else level + stake
        changes[f"tariffs.{side}_truce"] = min(low / 100, 1.6)
        changes[f"tariffs.{side}_suspended"] = min(high / 100, 1.6)
        peak = max(high, top - ground) if episode.sides == SIDES else high
        changes[f"tariffs.{side}_peak"] = min(peak / 100, 1.6)
    if episode.date < PEAK_SEEN or episode.in_force or episode.sides != SIDES:
        changes["tariffs.peak_weight"] = 0.0
    if episode.date <= FRESH_DEALS or episode.sides != SIDES:
        changes["tariffs.us_reference_loss"] = 0.0
    if not licences(episode):
        none = ("throttle", "cut_suspended", "cut_peak", "depleted")
        changes |= {f"rare_earths.{x}": 0.0 for x in none}
    return changes


def _agenda(episode: Episode) -> tuple[dict[str, Any], list[str]]:
    """Return the settings of the issues, and the names of those that are off the agenda."""
    us, china = levels(episode)
    off = [] if episode.purchases else ["purchase_commitments"]
    if not episode.rare_earth_or_tech:
        off += ["technology_controls", "rare_earth_licences"]
    elif not licences(episode):
        off += ["rare_earth_licences"]
    if episode.date < FENTANYL:
        off += OF_CHINA
    elif episode.sides != SIDES:
        near = episode.sides[0] == SIDES[0] and episode.sides[1] in BORDERS
        off += OF_CHINA[1:] if near else OF_CHINA
    if episode.sides != SIDES:
        off += ["overcapacity", "reciprocal_tariff"]
    changes: dict[str, Any] = {}
    if episode.sides != SIDES:
        for name, side in zip(("fentanyl_tariff", "china_tariff"), episode.sides, strict=True):
            changes[f"issues.{name}.name"] = f"{party(side).adjective} tariff"
    whole = base().issues["fentanyl_tariff"]
    cut = min(us, whole.status_quo)
    if cut >= 1.0:
        share = cut / whole.status_quo
        changes["issues.fentanyl_tariff.status_quo"] = cut
        changes["issues.fentanyl_tariff.own_cost"] = _scaled(whole.own_cost, share * episode.scale)
    else:
        off += ["fentanyl_tariff"]
    if us < whole.status_quo + 1.0 and "reciprocal_tariff" not in off:
        off += ["reciprocal_tariff"]
    if china >= 1.0:
        changes["issues.china_tariff.status_quo"] = min(china, 10.0)
    else:
        off += ["china_tariff"]
    return {path: x for path, x in changes.items() if path.split(".")[1] not in off}, off


def _scaled(quantity: Any, share: float) -> dict[str, Any]:
    ends = {x: getattr(quantity, x) for x in ("value", "low", "high")}
    return {x: share * v for x, v in ends.items() if v is not None}


def behaviour(values: Mapping[str, float], episode: Episode) -> dict[str, Any]:
    """Return the settings that the behavioural parameters give an episode, by dotted path."""
    scale = episode.scale
    weight = 1.0 if binds(episode) else SOFT
    lost = values["live_talks"] * episode.purchases + values["leaders_track"] * track(episode)
    factor = 1.0 if episode.truce else values["momentum"]
    grace = values["grace_hard"] if binds(episode) else values["grace_soft"]
    found: dict[str, Any] = {
        "deadline.ultimatum": values["ultimatum"] * scale,
        "deadline.grace": grace,
        "news.incident_rate": values["incidents"],
        "talks.full_powers": values["full_powers"],
        "talks.ripening": values["ripening"],
    }
    for seat, side in enumerate(SIDES):
        points = STOCKHOLM_POINTS * episode.exposed[seat]
        weight_of_tension = getattr(base(), side).tension_weight.value
        cost = values["disruption"] * weight * points / 15.0 + lost
        found[f"{side}.audience_cost"] = factor * getattr(base(), side).audience_cost.value * scale
        found[f"{side}.precision"] = values["precision"] / scale
        found[f"{side}.other_lapse_cost"] = cost * 365.0 / PENALTY_DAYS * scale
        found[f"{side}.provocation_rate"] = values["provocation"] * STEPS[side]
        found[f"{side}.authority"] = values["authority"] * scale
        found[f"{side}.reservation"] = values["reservation"] * scale
        found[f"{side}.tension_weight"] = values["tension"] * weight_of_tension * scale
        found[f"{side}.types.resolve_prior"] = values["resolute"]
        pride = values["pride"] if seat == episode.sender else 0.0
        found[f"{side}.ultimatum"] = 0.0 - pride * scale
        found[f"{side}.strategy"] = SHAPES[int(values["concession"])]
    return found
