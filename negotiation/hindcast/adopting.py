"""The posterior put into a scenario file: the calibrated numbers are rewritten, comments stay.

Each number takes the 5th, 50th and 95th percentile of the posterior as a lognormal distribution
with two halves, or a logit-normal one if it is a probability: forms that scenario files have. What
is lost is the correlation between the numbers; :func:`joint_shares` plays the draws as they are, to
measure how much that matters.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from negotiation.errors import InputError
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.reading import shipped
from negotiation.hindcast.situation import behaviour

SOURCE = "posterior"
WHERE = (
    "negotiation calibrate on the decision points before 28 July 2025: hindcast/data/posterior.json"
)
UNCHANGED = ("strategy",)  # not a number
LINE = re.compile(r"^(?P<key>[A-Za-z0-9_]+)\s*=\s*(?P<value>\{[^{}]*\})(?P<rest>\s*(#.*)?)$")


def stockholm() -> Episode:
    """Return the situation for which the shipped scenarios are written."""
    return shipped()[-1].episode


def settings(found: dict[str, Any], episode: Episode | None = None) -> dict[str, np.ndarray]:
    """Return the draws of every calibrated setting, by dotted path."""
    episode = episode or stockholm()
    draws = [
        behaviour(dict(zip(found["names"], row, strict=True)), episode) for row in found["sample"]
    ]
    return {
        path: np.array([draw[path] for draw in draws])
        for path in draws[0]
        if path.rpartition(".")[2] not in UNCHANGED
    }


def adopted(text: str, found: dict[str, Any]) -> tuple[str, list[str]]:
    """Return a scenario file with the calibrated numbers in it, and their paths.

    Raises
    ------
    InputError
        If a number is missing in the file, or is not written on one line as a table.
    """
    wanted = settings(found)
    lines, section, done = text.split("\n"), "", []
    for i, line in enumerate(lines):
        if line.startswith("["):
            section = line.strip().strip("[]")
            continue
        match = LINE.match(line)
        if match and (path := f"{section}.{match['key']}") in wanted:
            lines[i] = f"{match['key']} = {_table(wanted[path], match['value'])}{match['rest']}"
            done.append(path)
    missing = [path for path in wanted if path not in done]
    if missing:
        raise InputError(
            f"the scenario does not state {', '.join(missing)} as a table on one line; "
            "write for instance price = { value = 3 } under [deadline] first."
        )
    return _with_source("\n".join(lines)), done


def _table(draws: np.ndarray, old: str) -> str:
    low, value, high = (f"{x:.3g}" for x in np.quantile(draws, (0.05, 0.5, 0.95)))
    unit = re.search(r'unit\s*=\s*"([^"]*)"', old)
    told = f'unit = "{unit[1]}", ' if unit else ""
    kind = "logitnormal" if unit and unit[1] == "probability" else "lognormal"
    return (
        f"{{ value = {value}, {told}low = {low}, high = {high}, distribution = "
        f'"{kind}", mark = "posterior", source = "{SOURCE}" }}'
    )


def _with_source(text: str) -> str:
    if re.search(rf"^{SOURCE}\s*=", text, re.MULTILINE):
        return text
    line = f'{SOURCE} = "{WHERE}"'
    if "[sources]" in text:
        return text.replace("[sources]\n", f"[sources]\n{line}\n", 1)
    first = re.search(r"^\[", text, re.MULTILINE)
    at = first.start() if first else len(text)
    return f"{text[:at]}[sources]\n{line}\n\n{text[at:]}"


def joint_shares(scenario: Any, found: dict[str, Any], *, seed: int, runs: int) -> dict[str, Any]:
    """Return the odds of a scenario over the posterior's draws themselves, correlations kept.

    Parameters
    ----------
    scenario : Scenario
    runs : int
        Runs of each draw.

    Returns
    -------
    dict
        ``events`` and ``at_horizon``: name to share of all runs; ``by_draw``: the shares at each
        draw, shape (draws, events + states).
    """
    from negotiation.ensemble import Ensemble
    from negotiation.hindcast.playing import position
    from negotiation.outcome import AT_HORIZON, EVENTS

    drawn = settings(found)
    ensemble = Ensemble(scenario)
    places = np.array([position(path) for path in drawn])
    opened = ensemble.table
    world = opened.world
    kept = ~np.isin(world.uncertain, places)
    by_draw = []
    for k in range(len(found["sample"])):
        central = world.central.copy()
        central[places] = [drawn[path][k] for path in drawn]
        ensemble.table = opened.having(
            central=central,
            uncertain=world.uncertain[kept],
            slots=world.slots[kept],
            steps=world.steps[kept],
            quantiles=world.quantiles[kept],
        )
        tally = ensemble.tally(seed=seed, first=k * runs, count=runs)
        by_draw.append(np.concatenate([tally.events, tally.at_horizon]) / runs)
    shares = np.mean(by_draw, axis=0)
    return {
        "events": dict(zip(EVENTS, shares.tolist(), strict=False)),
        "at_horizon": dict(zip(AT_HORIZON, shares[len(EVENTS) :].tolist(), strict=True)),
        "by_draw": np.array(by_draw),
    }
