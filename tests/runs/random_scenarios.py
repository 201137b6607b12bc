"""Scenarios by lot: every strategy, one to sixteen issues, mechanisms on and off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from negotiation.scenario import MAX_ISSUES, Scenario
from negotiation.tactics.registry import BUILT_IN

SHIPPED = ("stockholm-2025", "stockholm-three-issues", "split-the-pie")
HOW_MANY = 200


def random_scenarios(count: int = HOW_MANY) -> Iterator[Scenario]:
    """Yield the first ``count`` of the scenarios; each depends on its number alone."""
    shipped = Scenario.load("stockholm-2025").model_dump(mode="python")
    for number in range(count):
        yield random_scenario(shipped, number)


def random_scenario(shipped: dict[str, Any], number: int) -> Scenario:
    """One scenario, drawn from the numbers of a shipped one and from thin air."""
    rng = np.random.default_rng([20250728, number])
    names = list(BUILT_IN)
    size = 1 + number % MAX_ISSUES
    agenda = [str(name) for name in rng.permutation(list(shipped["issues"]))[:size]]
    issues = {name: shipped["issues"][name] for name in agenda}
    for extra in range(size - len(issues)):
        issues[f"extra_{extra}"] = extra_issue(rng, extra)
    data = dict(shipped, name=f"random-{number}", issues=issues, linkage=links(rng, list(issues)))
    for side in ("us", "china"):
        groups = {
            name: dict(group, stakes={k: v for k, v in group["stakes"].items() if k in issues})
            for name, group in shipped[side]["constituencies"].items()
            if rng.random() < 0.7
        }
        data[side] = dict(
            shipped[side],
            strategy=names[(number * (1 if side == "us" else 5) + number // 14) % len(names)],
            constituencies=groups,
        )
    scenario = Scenario.from_dict(data)
    day = float(scenario.calendar.extension_days)
    changes: dict[str, Any] = {
        "clock.tick_days": float(rng.choice([1.0, 2.5, 7.0, 10.0])),
        "calendar.talks_every_days": float(rng.choice([3.0, 7.0, 14.0, 30.0])),
        "calendar.extension_days": int(rng.choice([30, day, 180])),
        "talks.full_powers": float(rng.choice([0.0, 0.3, 1.0])),
        "deadline.grace": float(rng.random()),
        "deadline.accident": float(rng.choice([0.0, 0.1])),
        "deadline.ultimatum": float(rng.choice([-3.0, 1.5])),
        "compliance.review_rate": float(rng.choice([0.0, 2.0, 12.0])),
        "us.reservation": float(rng.choice([0.0, 2.0, 10.0])),
        "china.reservation": float(rng.choice([0.0, 2.0, 10.0])),
    }
    if rng.random() < 0.4:  # accepted offers are what is signed, and no leaders meet
        changes |= {
            "talks.contract": "offers", "talks.dates": "regular",
            "calendar.summit_from": None, "calendar.summit_to": None,
        }  # fmt: skip
    else:
        changes |= {
            "talks.dates": str(rng.choice(["regular", "random"])),
            "calendar.deal_days": int(rng.choice([60, 365])),
            "summit.again_days": float(rng.choice([0.0, 20.0])),
        }
        if rng.random() < 0.2:
            changes |= {"calendar.summit_from": None, "calendar.summit_to": None}
    if rng.random() < 0.3:
        changes |= {"calendar.truce_expires": None}
    return scenario.replace(changes)


def extra_issue(rng: np.random.Generator, number: int) -> dict[str, Any]:
    """An issue that its two gains, its cost at home and, if the US gives, its steps describe."""

    def quantity(value: float, unit: str = "$bn per year") -> dict[str, Any]:
        return {"value": value, "unit": unit, "mark": "guess", "source": "drawn by lot"}

    giver, kind = (("us", "technology"), ("china", "other"))[number % 2]
    gains = rng.uniform(0.0, 12.0, 2)
    return {
        "name": f"extra issue {number}", "conceded_by": giver, "kind": kind, "unit": "share",
        "status_quo": 0.0,
        "us_gain": quantity(float(gains[0] * (-1 if giver == "us" else 1))),
        "china_gain": quantity(float(gains[1] * (1 if giver == "us" else -1))),
        "own_cost": quantity(float(rng.uniform(0.0, 3.0))),
        "protection": quantity(float(rng.uniform(0.0, 5.0))),
        "full": float(rng.uniform(0.0, 1.0)),
        "mandate": quantity(float(rng.uniform(0.0, 1.0)), "share"),
    }  # fmt: skip


def links(rng: np.random.Generator, issues: list[str]) -> dict[str, dict[str, Any]]:
    """Up to four pairs of issues that are worth more, or less, together."""
    found: dict[str, dict[str, Any]] = {}
    for _ in range(int(rng.integers(0, 5))):
        if len(issues) < 2:
            break
        a, b = sorted(str(x) for x in rng.choice(issues, 2, replace=False))
        value = float(rng.uniform(-2.0, 5.0))
        found.setdefault(a, {})[b] = {
            "value": value, "unit": "$bn per year", "mark": "guess", "source": "drawn by lot",
        }  # fmt: skip
    return found
