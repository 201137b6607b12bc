"""Where a calibration came from, so that anyone can make it again and see whether it still fits.

Its file is JSON on few lines, so that a change of a number is a change of a line.
"""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata, resources
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from negotiation.errors import InputError
from negotiation.hindcast.priors import NAMES, PARAMETERS
from negotiation.hindcast.situation import BASE, base, behaviour
from negotiation.sweep import atomic


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


def write(path: Path, data: dict[str, Any] | None) -> None:
    """Write the calibration; with no data only see to it that it can be written.

    Raises
    ------
    InputError
        If the place does not take a file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.only_plain(path)
        if data is None:
            TemporaryFile(dir=path.parent).close()
        else:
            atomic.write(path, text(data).encode())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"--out {path}: nothing can be written there ({reason}).") from None


def text(data: dict[str, Any]) -> str:
    r"""Return JSON with one line for each entry of a table.

    Examples
    --------
    >>> text({"a": 1})
    '{"a": 1}\n'
    """
    return _told(data, 0) + "\n"


def _told(value: Any, depth: int) -> str:
    flat = json.dumps(value, allow_nan=False)
    if not isinstance(value, dict | list) or len(flat) <= 90 or _is_row(value):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        lines = [f"{pad}{json.dumps(k)}: {_told(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    lines = [f"{pad}{_told(v, depth + 1)}" for v in value]
    return "[\n" + ",\n".join(lines) + "\n" + "  " * depth + "]"


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and all(not isinstance(x, dict | list) for x in value)
