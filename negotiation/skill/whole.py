"""All that is asked of the record at once: scores by split, ablations, published forecasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from negotiation.errors import InputError
from negotiation.history.reading import Record, shipped
from negotiation.history.rows import Decision
from negotiation.history.tables import SENDER, SINCE, main_set
from negotiation.skill import permuting, published
from negotiation.skill.assessing import SCORES, Assessment, Forecaster, assess, known_before
from negotiation.skill.blanking import WHOLE, blanked
from negotiation.skill.cases import CODES, cases_of, outcomes_of
from negotiation.skill.given import Given
from negotiation.skill.logit import logit, logits
from negotiation.skill.of_the_model import models
from negotiation.skill.rates import always_extend, base_rates, by_stratum
from negotiation.skill.splits import SPLITS, folds
from negotiation.skill.trees import available, trees

ASKED = ("dispute", "partner", "forward")
MODEL, BASE, STRATA = "model", "base_rates", "by_stratum"
SETS = {False: f"{SENDER} as sender since {SINCE}", True: "every sender, every year"}

Progress = Callable[[int], Any]


def rivals(with_trees: bool = True) -> dict[str, Forecaster]:
    """Return what a model must beat, by name.

    Examples
    --------
    >>> list(rivals(with_trees=False))
    ['base_rates', 'by_stratum', 'logit', 'logit_known_before', 'always_extend']
    """
    found: dict[str, Forecaster] = {
        BASE: base_rates,
        STRATA: by_stratum,
        "logit": logit,
        "logit_known_before": known_before(logit),
    }
    if with_trees:
        found |= {"trees": trees, "trees_known_before": known_before(trees)}
    return found | {"always_extend": always_extend}


def main_rows(record: Record | None = None, everyone: bool = False) -> list[Decision]:
    """Return the decisions that count in base rates: of the US since 2017, or all.

    Examples
    --------
    >>> len(main_rows()), len(main_rows(everyone=True))
    (120, 199)
    """
    rows = (record or shipped()).decisions
    return [d for d in rows if d.counted] if everyone else main_set(rows)


def pooled(own: Record, everyone: bool = False) -> tuple[list[Decision], list[str]]:
    """Return the shipped decisions with those of one's own, and the ids of the latter.

    A decision of one's own takes the place of the shipped one of its id.
    """
    mine = main_rows(own, everyone)
    if not mine:
        raise InputError(
            f"{own.where}: no decision to score among {len(own.decisions)}; expected some that are "
            f"no mere announcement, minor or forced by a court, of {SETS[everyone]}."
        )
    ids = [row.id for row in mine]
    return [row for row in main_rows(None, everyone) if row.id not in ids] + mine, ids


def steps(rows: Sequence[Decision], asked: Sequence[str] | None, many: int) -> int:
    """Return how many forecasts of a fold `skill` makes."""
    cases = cases_of(rows)
    parts = {split: len(folds(cases, split, asked)) for split in ASKED}
    return many * sum(parts.values()) + parts["dispute"]


def skill(
    rows: Sequence[Decision],
    *,
    asked: Sequence[str] | None = None,
    second: bool = False,
    model: Given | Mapping[str, Given] | None = None,
    permutations: int = permuting.TIMES,
    with_trees: bool | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the scores of all forecasters, what they gain, and what is left without what they see.

    Parameters
    ----------
    rows : sequence of Decision
    asked : sequence of str, optional
        Ids of the decisions to score; all by default.
    second : bool
        By the second reading.
    model : Given or mapping of str to Given, optional
        Forecasts of another model, the same whatever is left out or by split; by default the
        simulation's, which learns as the rivals do, where it has played every decision.
    permutations : int
    with_trees : bool, optional
        By default where scikit-learn is installed.
    progress : callable, optional
        Called with 1 after each forecaster's part of a fold.

    Returns
    -------
    dict
        Plain data, as ``negotiation skill --json`` prints it.
    """
    with_trees = available() if with_trees is None else with_trees
    splits: dict[str, Any] = {}
    by_dispute: Assessment | None = None
    for split in ASKED:
        own = model.get(split) if isinstance(model, Mapping) else model
        ours = {MODEL: own} if own else models(rows, split, second=second)
        all_of_them = rivals(with_trees) | ours
        found = assess(rows, all_of_them, split, second=second, asked=asked, progress=progress)
        splits[split] = of_split(found)
        by_dispute = by_dispute or found
    assert by_dispute is not None
    without = blanked(rows, logit, second=second, asked=asked, progress=progress)
    return {
        "reading": "second" if second else "first",
        "n": len(by_dispute.truth),
        "disputes": by_dispute.disputes,
        "effective_disputes": by_dispute.effective,
        "trees": with_trees,
        "splits": splits,
        "permuted": {
            name: permuting.held_fixed(by_dispute, name, times=permutations).to_dict()
            for name in (MODEL, f"{MODEL}_known_before")
            if name in by_dispute.forecasts
        },
        "blanked": {
            name: gains(without, WHOLE, name)["brier"]
            for name in without.forecasts
            if name != WHOLE
        },
        "published": published.beside(by_dispute),
        "forecasts": forecasts(by_dispute, rows),
    }


def of_split(found: Assessment) -> dict[str, Any]:
    """Return the scores and the gains of one split as plain data."""
    names = list(found.forecasts)
    told: dict[str, Any] = {
        "title": SPLITS[found.split],
        "n": len(found.truth),
        "disputes": found.disputes,
        "effective_disputes": found.effective,
        "learned_from": [found.fewest, found.most],
        "scores": {
            name: {kind: found.score(name, kind).to_dict() for kind in SCORES} for name in names
        },
    }
    for title, other in (("better_than_base_rates", BASE), ("better_than_by_stratum", STRATA)):
        told[title] = {name: gains(found, name, other) for name in names if name != other}
    if MODEL in names:
        told["model_better"] = {name: gains(found, MODEL, name) for name in names if name != MODEL}
    return told


def gains(found: Assessment, name: str, over: str) -> dict[str, Any]:
    """Return the gains of one forecaster over another by every score, as plain data."""
    return {
        kind: {way: mean.to_dict() for way, mean in vars(found.gain(name, over, kind)).items()}
        for kind in SCORES
    }


def forecasts(found: Assessment, rows: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return every forecast of a split as rows: decision, forecaster, probabilities, outcome."""
    by_id = {row.id: row for row in rows}
    return [
        {
            "id": str(name),
            "date": by_id[str(name)].date.isoformat(),
            "dispute": str(found.cases.disputes[k]),
            "outcome": CODES[found.truth[k]],
            "forecaster": forecaster,
            "probabilities": dict(zip(CODES, map(float, p[k]), strict=True)),
        }
        for forecaster, p in found.forecasts.items()
        for k, name in enumerate(found.cases.ids)
    ]


def refits(
    rows: Sequence[Decision],
    *,
    second: bool = False,
    times: int = permuting.TIMES,
    names: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the permutation test of rivals, each fitted anew to each set of permuted labels.

    With 2,000 sets the logits take a quarter of an hour and the trees an hour.

    Parameters
    ----------
    rows : sequence of Decision
    second : bool
        By the second reading.
    times : int
        Sets of permuted labels.
    names : sequence of str, optional
        Of the rivals; all that are there by default.
    progress : callable, optional
        Called with 1 after each part of each rival.
    """
    cases, truth = cases_of(rows), outcomes_of(rows, second)
    many: dict[str, permuting.Many] = {
        name: permuting.each(forecaster) for name, forecaster in rivals(available()).items()
    }
    many |= {"logit": logits, "logit_known_before": known_before(logits)}
    chosen = list(many) if names is None else names
    return {
        name: permuting.refitted(cases, truth, many[name], times=times, progress=progress).to_dict()
        for name in chosen
    }
