"""The scores as one page that opens anywhere: nothing is fetched and nothing runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pictures

from negotiation.hindcast import predictive
from negotiation.hindcast.decisions import CODES
from negotiation.words.numbers import brief
from negotiation.words.outcomes import FORECASTERS

TEMPLATE = Path(__file__).with_name("page.html")
WORDS = ("escalation", "lapse", "truce or extension", "deal")
CAPTIONS = {
    "skill": "Brier score of each forecaster, each decision without itself and from its past alone",
    "reliability": "Share of the codes that came true against the probability given to them",
    "learned": "Prior and posterior of each behavioural parameter",
}


def write_page(
    path: Path,
    found: dict[str, Any],
    *,
    headlines: list[dict[str, str]],
    published: dict[str, Any],
    then: list[dict[str, Any]],
    misses: list[dict[str, Any]],
    question: str,
    again: str = "",
) -> Path:
    """Write the page about a calibration.

    Parameters
    ----------
    path : Path
    found : dict
        A calibration, see :mod:`negotiation.hindcast.calibrate`.
    headlines : list of dict
        The odds of the Stockholm scenario: words, odds, chance, ignorance.
    published : dict
        From ``published.beside``.
    then : list of dict
        What was published on Stockholm: who, date, says, p, model, came_true.
    misses : list of dict
        title, said, transcripts (title and text of each).
    question : str
        Markdown.
    again : str, optional
        What another seed changed, from ``again.in_words``.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    from negotiation.report import prose
    from negotiation.report.page import TEMPLATES

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    scores = found["scores"]["leave_one_out"]
    stockholm = found["episodes"][-1]
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        style=Markup((TEMPLATES / "report.css").read_text("utf-8")),
        headlines=headlines,
        stockholm=decision(stockholm),
        then=[{**row, **{k: brief(row[k]) for k in ("p", "model")}} for row in then],
        n=scores["n"],
        years=scores["years"],
        worth=f"{found['effective_episodes']:.0f}",
        tables=tables(found),
        pictures=[drawn(name, found) for name in CAPTIONS],
        needed=needed(found),
        codes=WORDS,
        episodes=[
            {
                **entry,
                "p": [brief(p) for p in _given(entry)],
                "outcome": WORDS[CODES.index(entry["outcome"])],
            }
            for entry in found["episodes"]
        ],
        published=[
            {**row, **{k: brief(row[k]) for k in ("published", "model", "base_rates")}}
            for row in published["statements"]
        ],
        published_said=published_said(published),
        taught=taught(found),
        again=again,
        predictive=predicted(found["predictive"]),
        misfit=misfit(found["predictive"]["posterior"]),
        misses=misses,
        question=Markup(prose.html_of(question.partition("\n")[2])),
        provenance=_flat(found["provenance"]),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page + "\n", "utf-8")
    return path


def tables(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tables of scores as text."""
    parts = (
        ("Each without itself", found["scores"]["leave_one_out"]),
        ("Each from its past alone", found["scores"]["forward"]),
        (
            "Without itself, disputed outcomes coded the other way",
            found["alternative_scores"]["leave_one_out"],
        ),
        (
            "From its past alone, disputed outcomes coded the other way",
            found["alternative_scores"]["forward"],
        ),
    )
    made = []
    for caption, scores in parts:
        rows = []
        for name, label in FORECASTERS.items():
            cells = [x for kind in ("brier", "log") for x in _mean(scores[name][kind])]
            better = scores[name].get("better", {}).get("brier")
            cells += [_gap(better), _mean(better["by_years"])[1]] if better else ["", ""]
            rows.append({"name": label, "cells": cells})
        made.append({"caption": caption, "rows": rows})
    return made


def needed(found: dict[str, Any]) -> str:
    """Return how many decisions it would take to see a gain half as large, in words."""
    gap = found["scores"]["leave_one_out"]["base_rates"]["better"]["brier"]
    wide = (gap["high"] - gap["low"]) / 2
    half = gap["value"] / 2
    n = found["scores"]["leave_one_out"]["n"]
    count = n * (wide / half) ** 2
    return (
        f"The gain over base rates is {gap['value']:.2f}, {gap['low']:.2f} to {gap['high']:.2f}. "
        f"If it were half as large, an interval that leaves out zero would take about {count:.0f} "
        f"decisions as different from one another as these; against the logit, whose gain is "
        f"{_logit_gap(found)}, far more. None of these scores can show what decisions would show "
        "that nobody had in view when the mapping was written."
    )


def _logit_gap(found: dict[str, Any]) -> str:
    return _gap(found["scores"]["leave_one_out"]["logit"]["better"]["brier"])


def _gap(mean: dict[str, Any]) -> str:
    value, ends = _mean(mean)
    return f"{value} ({ends})"


def taught(found: dict[str, Any]) -> str:
    """Return what the data did to the parameters, in words."""
    moved = [n for n, e in found["parameters"].items() if e["contraction"] >= 0.05]
    still = [n for n in found["parameters"] if n not in moved]
    prior = found["scores"]["prior_predictive"]["model"]["brier"]["value"]
    out = found["scores"]["leave_one_out"]["model"]["brier"]["value"]
    strongest = found["correlations"][0] if found["correlations"] else None
    tie = (
        f" The strongest posterior correlation is {strongest[2]:+.2f}, of "
        f"{' and '.join(name.replace('_', ' ') for name in strongest[:2])}."
        if strongest
        else " No two parameters are correlated by 0.1 or more."
    )
    return (
        f"Little. Narrowed by 5% or more: {_listed(moved)}. Not identified: {_listed(still)}."
        f"{tie} The prior alone scores {prior:.2f}, the posterior without the episode {out:.2f}: "
        "what skill there is lies in the mechanisms and their priors, not in what was learned."
    )


def predicted(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the predictive checks, a row each, as text."""
    return [
        {
            "name": name,
            "observed": entry["observed"],
            **{
                part: f"{found[part][name]['median']} ({found[part][name]['low']} to "
                f"{found[part][name]['high']})"
                for part in ("prior", "posterior")
            },
        }
        for name, entry in found["posterior"].items()
    ]


def misfit(found: dict[str, Any]) -> str:
    """Return in words which numbers of history lie outside what the posterior allows."""
    names = predictive.misfits(found)
    if not names:
        return f"None of the {len(found)} lies outside; with so few decisions little could."
    return f"Outside: {_listed(names)}."


def published_said(published: dict[str, Any]) -> str:
    """Return how the model compares with what was published, in words."""
    s = published["scores"]
    a, b, gap = s["published"], s["model"], s["model_better_than_published"]
    return (
        f"{s['statements']} statements on {s['episodes']} decisions; quadratic score, lower is "
        f"better: published {a['value']:.2f}, the model {b['value']:.2f}, base rates "
        f"{s['base_rates']['value']:.2f}. {_against(gap)} Those who published knew the news of the "
        "day."
    )


def _against(gap: dict[str, float]) -> str:
    sign, word = (1, "better") if gap["value"] >= 0 else (-1, "worse")
    low, high = sorted(sign * gap[end] for end in ("low", "high"))
    clear = "" if low > 0 else ", which may be chance"
    return (
        f"The model is {word} than what was published by {sign * gap['value']:.2f} "
        f"({low:.2f} to {high:.2f}){clear}."
    )


def decision(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an episode was given without itself, a row for each code, as text."""
    own = entry["leave_one_out"]
    return [
        {
            "word": word,
            "p": brief(own["probabilities"][code]),
            "interval": " to ".join(brief(own["intervals"][code][x]) for x in ("low", "high")),
            "base_rate": brief(own["base_rates"][code]),
            "happened": code == entry["outcome"],
        }
        for word, code in zip(WORDS, CODES, strict=True)
    ]


def drawn(name: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return a picture as part of the page."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    import matplotlib.pyplot as plt
    from markupsafe import Markup

    from negotiation.report.inline_svg import inline_svg

    ax: Any = getattr(pictures, name)(found)
    svg = inline_svg(ax, name, ax.alt_text)
    plt.close(ax.figure)
    return {"caption": CAPTIONS[name], "svg": Markup(svg)}


def _given(entry: dict[str, Any]) -> list[float]:
    return [entry["leave_one_out"]["probabilities"][code] for code in CODES]


def _mean(mean: dict[str, Any]) -> list[str]:
    if mean["value"] is None:
        return ["infinite", ""]
    return [f"{mean['value']:.2f}", f"{mean['low']:.2f} to {mean['high']:.2f}"]


def _listed(names: list[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names) or "none"


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {
        k: ", ".join(f"{a} {b}" for a, b in v.items()) if isinstance(v, dict) else v
        for k, v in data.items()
    }
