"""Whether the issues of a deal, the days before its date, the length of penalties teach anything.

``python experiments/hindcast/also_observed.py`` from the checkout; some minutes. It prints what is
asked in ``question.md``, and writes nothing that is learned from. With ``--customs`` only what
another customary length of extensions would do is played anew.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.estimates import effective_size
from negotiation.hindcast import calibrate, disputes, emulator, priors, record
from negotiation.hindcast.observed import Observed, binned
from negotiation.hindcast.posterior import resample
from negotiation.hindcast.situation import AFTER_DAYS
from negotiation.history.codes import Outcome
from negotiation.history.rows import Decision
from negotiation.history.tables import main_set
from negotiation.skill.assessing import assess, over_disputes
from negotiation.skill.of_the_model import of_the_model
from negotiation.skill.whole import main_rows
from negotiation.table import Table

DRAWS, RUNS = 256, 32
ISSUES, DAYS = (1, 2, 4), (1, 7)  # last of each bin but the open one
CUSTOMS, LINES, AT_EACH = (30, 45), 32, 40  # lengths of extensions; draws and runs of each
OUT = Path(__file__).parents[2] / "results" / "hindcast" / "also_observed.json"


class Taught(record.Record):
    """The record with more in its likelihood than outcomes and who gave way."""

    also: tuple[Observed, ...] = ()

    @cached_property
    def who_gave_way(self) -> np.ndarray:
        """What is observed beside the outcome, at each draw; shape (draws, n)."""
        found = record.Record.who_gave_way.func(self).copy()  # type: ignore[attr-defined]
        outside = self.values[:, priors.OUTSIDE]
        for seen in self.also:
            apart = seen.mask() @ seen.shares()
            for k, place in enumerate(seen.places):
                found[:, place] *= (1.0 - outside) * seen.own(k) + outside * apart[k]
        return found


def counted(row: Decision, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many deals of the model fall into each bin, of issues and of days, by draw."""
    player = record.player(row)
    table = player.table.scenario.calendar
    date = (table.horizon - table.start).days - AFTER_DAYS
    issues = np.zeros((len(values), len(ISSUES) + 1))
    days = np.zeros((len(values), len(DAYS) + 1))
    for k, draw in enumerate(values):
        rows = player.rows(draw, seed=record.SEED, runs=RUNS, first=k * RUNS)
        deals = rows[rows["deal_day"] >= 0.0]
        many = (deals["package"] >= disputes.CONCEDED).sum(axis=1)
        issues[k] = np.bincount(binned(many, ISSUES), minlength=issues.shape[1])
        before = np.maximum(date - deals["deal_day"], 0.0)
        days[k] = np.bincount(binned(before, DAYS), minlength=days.shape[1])
    return issues, days


def observed(played: record.Record) -> tuple[Observed, Observed]:
    """Return what is observed of deals in the record, with the model's chances."""
    deals = [k for k, row in enumerate(played.rows) if row.outcome == Outcome.DEAL]
    cube = record.cube_of(DRAWS)
    values = priors.from_cube(cube)
    phi = emulator.features(cube, record.LISTED, record.EDGES)
    every = record.prior()[1]
    chances: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for k in deals:
        for kept, counts in zip(chances, counted(played.rows[k], values), strict=True):
            kept.append(emulator.chances(every, emulator.fitted(phi, counts)))
    found = []
    for kept, column, last in zip(
        chances, ("issues_in_deal", "days_to_deadline"), (ISSUES, DAYS), strict=True
    ):
        known = [j for j, k in enumerate(deals) if getattr(played.rows[k], column) is not None]
        told = np.array([getattr(played.rows[deals[j]], column) for j in known])
        chosen = np.stack([kept[j] for j in known], axis=1)
        found.append(Observed([deals[j] for j in known], binned(told, last), chosen))
    return found[0], found[1]


def taught(played: record.Record, also: tuple[Observed, ...]) -> Taught:
    """Return the record with more to learn from."""
    made = Taught(played.rows, played.values, played.shares, played.gave_way)
    object.__setattr__(made, "also", also)
    return made


def of_bins(played: record.Record, seen: Observed) -> dict[str, Any]:
    """Return how much better the model tells the bins than their shares do, by log score."""
    gains, clusters = [], [played.rows[place].cluster for place in seen.places]
    outside = played.values[:, priors.OUTSIDE]
    for k, place in enumerate(seen.places):
        row = played.rows[place]
        others = np.array([cluster != row.cluster for cluster in clusters])
        apart = float(seen.mask()[k] @ seen.shares(others))
        posterior, _ = played.without(row)
        weight = posterior.weights(disputes.unit_of(row))
        own = (1.0 - outside) * seen.own(k) + outside * apart
        gains.append(np.log(weight @ own) - np.log(apart))
    mean = over_disputes(np.array(gains), np.array(clusters))
    return {"decisions": len(gains), "disputes": len(set(clusters)), **mean.to_dict()}


def moved(played: record.Record) -> dict[str, Any]:
    """Return what the record teaches: what its draws are worth, and how numbers move."""
    posterior, _ = played.posterior(tuple(range(len(played.rows))))
    told = calibrate.parameters(played.values, posterior.common)
    return {
        "effective_draws": effective_size(posterior.common),
        "parameters": {n: [x["contraction"], x["shift"]] for n, x in told.items()},
    }


def customs(played: record.Record) -> dict[str, Any]:
    """Return by how much shares change where extensions are customarily shorter than 90 days.

    Of every fourth decision of the main set, at draws of what was learned.
    """
    posterior, _ = played.posterior(tuple(range(len(played.rows))))
    rows = main_set(played.rows)[::4]

    def told(days: int) -> np.ndarray:
        each = []
        for row in rows:
            player = record.player(row)
            scenario = player.table.scenario.replace({"calendar.extension_days": days})
            player.table = Table(scenario)
            weights = posterior.weights(disputes.unit_of(row))
            values = played.values[resample(weights, LINES)]
            shares = np.array(
                [player.shares(x, seed=record.SEED, runs=AT_EACH, first=k * AT_EACH)
                 for k, x in enumerate(values)]
            )  # fmt: skip
            how = record.outcome_chances(disputes.undetailed(shares)[:, None], values, [row])
            each.append(how[:, 0].mean(axis=0))
        return np.array(each)

    usual = told(90)
    found: dict[str, Any] = {"decisions": len(rows)}
    for days in CUSTOMS:
        change = told(days) - usual
        found[str(days)] = {
            "mean": dict(zip((code.value for code in disputes.FIVE), change.mean(axis=0),
                             strict=True)),
            "largest": float(np.abs(change).max()),
        }  # fmt: skip
    return found


def main() -> None:
    """Print and write what is asked."""
    if "--customs" in sys.argv:
        kept = json.loads(OUT.read_text("utf-8")) | {"customs": customs(record.shipped())}
        OUT.write_text(json.dumps(rounded(kept), indent=1) + "\n", "utf-8")
        return
    whole = record.shipped()
    played, spells = replace(whole, lasted=None), whole.lasted
    assert spells is not None
    issues, days = observed(played)
    versions = {
        "as learned": played,
        "and issues": taught(played, (issues,)),
        "and days": taught(played, (days,)),
        "and both": taught(played, (issues, days)),
        "and lengths": taught(played, (spells,)),
    }
    rows = main_rows()
    ids = {row.id for row in rows}
    more = [row for row in played.rows if row.id not in ids]
    scores = assess(rows, {name: of_the_model(x, more=more) for name, x in versions.items()})
    found: dict[str, Any] = {
        "shares": {
            "issues": [issues.chances.mean(axis=(0, 1)), issues.shares()],
            "days": [days.chances.mean(axis=(0, 1)), days.shares()],
            "lengths": [spells.chances.mean(axis=(0, 1)), spells.shares()],
        },
        "bins": {
            f"{what}, {name}": of_bins(each, seen)
            for what, seen in (("issues", issues), ("days", days), ("lengths", spells))
            for name, each in versions.items()
        },
        "outcomes": {
            name: {"log": scores.score(name, "log").value, "brier": scores.score(name).value}
            for name in versions
        },
        "learned": {name: moved(each) for name, each in versions.items()},
        "customs": customs(played),
    }
    text = json.dumps(rounded(found), indent=1)
    OUT.write_text(text + "\n", "utf-8")
    print(text)


def rounded(data: Any) -> Any:
    """Return plain data with three decimals."""
    if isinstance(data, dict):
        return {key: rounded(value) for key, value in data.items()}
    if isinstance(data, list | np.ndarray):
        return [rounded(value) for value in data]
    return round(float(data), 3) if isinstance(data, float) else data


if __name__ == "__main__":
    main()
