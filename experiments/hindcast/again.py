"""Two calibrations side by side: what another seed changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiation.hindcast.decisions import CODES


def side_by_side(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return how far two calibrations are apart, see :mod:`negotiation.hindcast.calibrate`.

    Returns
    -------
    dict
        ``parameters``: both posterior means and 90% intervals, ``inside`` where each mean lies in
        the other's interval, and ``errors``, the difference of the means in its Monte Carlo
        standard errors; ``furthest``, the largest difference of a probability given without the
        episode itself, and where; ``brier``, both scores.
    """
    parameters = {}
    for name, entry in one["parameters"].items():
        pair = [entry["posterior"], other["parameters"][name]["posterior"]]
        error = (entry["error"] ** 2 + other["parameters"][name]["error"] ** 2) ** 0.5
        a, b = pair
        parameters[name] = {
            "means": [each["mean"] for each in pair],
            "intervals": [[each["p5"], each["p95"]] for each in pair],
            "inside": a["p5"] <= b["mean"] <= a["p95"] and b["p5"] <= a["mean"] <= b["p95"],
            "errors": round(abs(a["mean"] - b["mean"]) / error, 2),
        }
    gap, episode, code = max(_gaps(one, other))
    return {
        "seeds": [each.get("provenance", {}).get("seed") for each in (one, other)],
        "parameters": parameters,
        "furthest": {"points": round(gap, 4), "episode": episode, "code": code},
        "brier": [x["scores"]["leave_one_out"]["model"]["brier"]["value"] for x in (one, other)],
    }


def _gaps(one: dict[str, Any], other: dict[str, Any]) -> Iterable[tuple[float, str, str]]:
    for a, b in zip(one["episodes"], other["episodes"], strict=True):
        pair = [each["leave_one_out"]["probabilities"] for each in (a, b)]
        yield from ((abs(pair[0][code] - pair[1][code]), a["id"], code) for code in CODES)


def in_words(found: dict[str, Any]) -> str:
    """Return what another seed changed, from :func:`side_by_side` with ``seconds`` and ``cores``.

    Examples
    --------
    >>> entry = {"means": [1.0, 1.1], "inside": True, "errors": 1.234}
    >>> print(in_words({"seeds": [1, 2], "parameters": {"price": entry}, "brier": [0.52, 0.521],
    ...     "furthest": {"points": 0.004, "episode": "E04", "code": "escalation"},
    ...     "seconds": 130.2, "cores": 2}))
    With seed 2 instead of 1, 1 of 1 posterior means lie in the other's 90% interval, both ways; \
the furthest, price, differs by 1.2 standard errors. No probability moves by more than 0.4 points \
(E04, escalation), and the Brier score is 0.521 instead of 0.520. It took 2.2 minutes on 2 cores.
    """
    entries = found["parameters"]
    name, worst = max(entries.items(), key=lambda item: float(item[1]["errors"]))
    far, (first, second) = found["furthest"], found["brier"]
    return (
        f"With seed {found['seeds'][1]} instead of {found['seeds'][0]}, "
        f"{sum(e['inside'] for e in entries.values())} of {len(entries)} posterior means lie in "
        f"the other's 90% interval, both ways; the furthest, {name.replace('_', ' ')}, differs by "
        f"{worst['errors']:.1f} standard errors. No probability moves by more than "
        f"{100 * far['points']:.1f} points ({far['episode']}, {far['code'].replace('_', ' ')}), "
        f"and the Brier score is {second:.3f} instead of {first:.3f}. It took "
        f"{found['seconds'] / 60:.1f} minutes on {found['cores']} cores."
    )
