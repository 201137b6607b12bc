"""Runs of the model and exchanges of offers: Mesa's own running, NegMAS, and NumPy's arrays.

*Mesa*: its ``batch_run`` of the Mesa model against the compiled ensemble; what the US gains is the
same to the last bit. *NegMAS*: its mechanism with its own Boulware and Conceder on the package
space of a scenario, against a run of that scenario here, which has the exchange in it and all
around it. *NumPy*: :mod:`against.in_numpy`, all runs side by side, against the ensemble; the same
ending, day and division in every run, which is checked.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from measuring.timing import in_turn, ratio_of

import negotiation as ng
from against.in_numpy import PARTING, pie_of, play
from negotiation.ensemble import Ensemble
from negotiation.outcome import AT_HORIZON

NAMES = ("stockholm-2025", "stockholm-three-issues")
RUNS, STEPS = 40, 1000  # of Mesa
OFFERS, SESSIONS = 100, 10  # of NegMAS, in a round
OURS = 1_000  # runs of ours in a round beside these: fewer would be over too soon to be timed
SIDE_BY_SIDE = (1_000, 100_000)  # runs in NumPy's arrays
CLOSE = 1e-12  # the logarithms and exponentials of NumPy differ from ours in the last digit


def beside_mesa(name: str) -> dict[str, Any]:
    """Return seconds a run: Mesa's batch_run, and the ensemble on the same runs."""
    import mesa

    from negotiation.model import NegotiationModel

    cases = {"scenario": name, "seed": 1, "run": range(RUNS)}

    def theirs() -> list[dict[str, Any]]:
        return mesa.batch_run(
            NegotiationModel, cases, number_processes=1, max_steps=STEPS,
            data_collection_period=-1, display_progress=False,
        )  # fmt: skip

    ensemble = Ensemble(name)
    same = ensemble.rows(seed=1, first=0, count=RUNS)
    told = [float(row["us_gain"]) for row in theirs()]
    if not np.array_equal(np.array(told), same["yearly_gain"][:, 0]):
        raise SystemExit(f"{name}: Mesa's runs are not those of the ensemble.")
    times = in_turn({"theirs": theirs, "ours": partial(ensemble.rows, seed=1, first=0, count=OURS)})
    return each(f"a run of {name}: Mesa's batch_run", times, RUNS, OURS)


def beside_negmas(name: str) -> dict[str, Any]:
    """Return seconds an exchange of offers there, and a whole run here.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    from negmas.sao import BoulwareTBNegotiator, ConcederTBNegotiator

    scenario = ng.Scenario.load(name)
    problem = ng.interop.to_negmas(scenario, levels=5)

    def theirs() -> Any:
        with ng.interop.seeded(1):
            mechanism = problem.make_session(n_steps=OFFERS)
            mechanism.add(BoulwareTBNegotiator(name="us"), ufun=problem.ufuns[0])
            mechanism.add(ConcederTBNegotiator(name="china"), ufun=problem.ufuns[1])
            return mechanism.run()

    own = scenario.replace({"us.strategy": "boulware", "china.strategy": "conceder"})
    ours = partial(Ensemble(own).rows, seed=1, first=0, count=OURS)
    theirs(), ours()
    times = in_turn({"theirs": lambda: [theirs() for _ in range(SESSIONS)], "ours": ours})
    what = f"an exchange of offers on {name}: NegMAS, Boulware and Conceder"
    return each(what, times, SESSIONS, OURS)


def beside_numpy(count: int) -> dict[str, Any]:
    """Return seconds a run in NumPy's arrays and in the ensemble, of so many runs at once."""
    ensemble = Ensemble(ng.Scenario.load("split-the-pie").replace(PARTING))
    theirs = partial(play, pie_of(ensemble), 1, 0, count)
    ours = partial(ensemble.rows, seed=1, first=0, count=count)
    rows, found = ours(), theirs()
    signed = rows["state"] == AT_HORIZON.index("working_deal")
    alike = (
        np.array_equal(signed, found.day >= 0.0)
        and np.array_equal(rows["deal_day"], found.day)
        and np.array_equal(rows["types"][:, 0] // 4, found.stance)
    )
    off = max(
        float(abs(rows["package"][:, 0] - found.z).max()),
        float(abs(rows["yearly_gain"].T - found.gain).max()),
    )
    if not alike or off > CLOSE:
        raise SystemExit("split-the-pie: NumPy's runs are not those of the ensemble.")
    times = in_turn({"theirs": theirs, "ours": ours})
    what = f"a run of split-the-pie with private stances: NumPy, {count:,} side by side"
    checked = {"runs": count, "off": off, "days": len(np.unique(found.day))}
    return {**each(what, times, count, count), "checked": checked}


def each(what: str, times: dict[str, list[float]], theirs: int, ours: int) -> dict[str, Any]:
    """Return the seconds of one run or session of either, and their ratio."""
    a, b = ([t / n for t in times[k]] for k, n in (("theirs", theirs), ("ours", ours)))
    return {"what": what, **ratio_of(a, b)}


def measure() -> dict[str, Any]:
    """Return a row for each, and who is not installed."""
    rows, missing = [beside_mesa(name) for name in NAMES], []
    try:
        rows.append(beside_negmas(NAMES[1]))
    except ImportError:
        missing.append("negmas")
    rows += [beside_numpy(count) for count in SIDE_BY_SIDE]
    return {"rows": rows, "missing": missing}


def told(found: dict[str, Any]) -> list[str]:
    """Return lines of a table."""
    lines = [f"{'':<80}{'theirs':>11}{'ours':>12}{'ratio':>8}"]
    for row in found["rows"]:
        a, b = 1e3 * row["theirs_s"], 1e3 * row["ours_s"]
        spread = f"({row['least']:.3g} to {row['most']:.3g})"
        lines.append(f"{row['what']:<80}{a:>8.3g} ms{b:>9.3g} ms{row['ratio']:>8.3g} {spread}")
        if "checked" in row:
            about = row["checked"]
            lines.append(
                f"  the same ending, day and stance in all {about['runs']:,}, which end on "
                f"{about['days']} days; divisions and gains differ by {about['off']:.0e} at most"
            )
    return lines + [f"not installed: {name}" for name in found["missing"]]
