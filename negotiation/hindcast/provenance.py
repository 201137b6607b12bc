"""Where a calibration came from, so that anyone can make it again and see whether it still fits."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata, resources
from typing import Any

from negotiation.hindcast.priors import NAMES, PARAMETERS
from negotiation.hindcast.situation import BASE, base, behaviour


def of(*, seed: int, draws: int, runs: int, command: str) -> dict[str, Any]:
    """Return versions, hashes, seed, sizes and the command of a calibration."""
    from negotiation.compiling import sources_hash

    return {
        "command": command,
        "seed": seed,
        "draws": draws,
        "runs_per_draw_and_episode": runs,
        "scenario": BASE,
        "scenario_hash": scenario_hash(),
        "episodes_hash": episodes_hash(),
        "priors_hash": priors_hash(),
        "rules_hash": sources_hash(),
        "versions": {
            name: metadata.version(name) for name in ("negotiation", "numba", "numpy", "scipy")
        }
        | {"python": platform.python_version()},
    }


def scenario_hash() -> str:
    """Return twelve digits that change when the scenario does, apart from calibrated numbers."""
    from negotiation.hindcast.reading import shipped

    values = {parameter.name: parameter.prior.value for parameter in PARAMETERS}
    calibrated = behaviour(values, shipped()[-1].episode)
    plain = base().replace(calibrated)
    return plain.model_copy(update={"sources": {}}).fingerprint  # the calibration's own is one


def episodes_hash() -> str:
    """Return twelve digits that change when the shipped episodes do."""
    file = resources.files("negotiation") / "hindcast" / "data" / "episodes.csv"
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def priors_hash() -> str:
    """Return twelve digits that change when a prior does."""
    told = [(p.name, p.prior.model_dump(mode="json", exclude={"source"})) for p in PARAMETERS]
    return hashlib.sha256(json.dumps([NAMES, told]).encode()).hexdigest()[:12]
