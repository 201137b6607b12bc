"""Every episode left out when it is forecast, or forecast from its past; and the scores.

The table of simulations is read again with other weights (:mod:`negotiation.hindcast.posterior`),
so no episode is forecast by parameters that have seen how it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from negotiation.estimates import effective_size
from negotiation.hindcast import posterior as post
from negotiation.hindcast import predictive, rivals, scoring
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.episodes import Coded, main_set
from negotiation.hindcast.priors import OUTSIDE

BINS = np.array([0.0, 0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 1.0])
MOST = {"brier": 2.0, "log": np.inf}  # that a score can be
RIVALS = ("model", "base_rates", "logit", "always_extend")


class Folds:
    """Forecasts of every episode out of sample.

    Parameters
    ----------
    rows : list of Coded
    values : ndarray, shape (draws, parameters)
    shares : ndarray, shape (draws, len(rows), 4)
    runs : int
    alternative : bool
        Read every outcome by its alternative code where it has one.
    """

    def __init__(
        self,
        rows: list[Coded],
        values: np.ndarray,
        shares: np.ndarray,
        runs: int,
        alternative: bool = False,
    ) -> None:
        self.rows, self.shares, self.runs, self.alternative = rows, shares, runs, alternative
        self.outside = values[:, OUTSIDE]
        self.learned = main_set(rows)
        self.columns = [rows.index(coded) for coded in self.learned]
        self.truth = scoring.happened([str(c.reading(alternative)) for c in self.learned])
        self.power = post.exponent(len(self.learned))
        self.covariates = np.array([rivals.covariates(c.episode) for c in self.learned])

    @property
    def every(self) -> list[int]:
        """All learned-from episodes."""
        return list(range(len(self.learned)))

    def mixed(self, chosen: list[int], columns: list[int]) -> np.ndarray:
        """Return the shares of ``columns``, what comes from outside mixed in, (draws, n, 4)."""
        rates = rivals.base_rates(self.truth[chosen])
        return mixed(self.shares[:, columns], self.outside, rates)

    def likelihood(self, chosen: list[int]) -> np.ndarray:
        """Return the log probability of the outcomes ``chosen`` at each draw, (draws, n)."""
        columns = [self.columns[j] for j in chosen]
        return post.log_likelihood(self.mixed(chosen, columns), self.truth[chosen], self.runs)

    def weight(self, chosen: list[int]) -> np.ndarray:
        """Return the weights on the draws given the episodes ``chosen``."""
        return post.weights(self.likelihood(chosen), self.power)

    def others(self, k: int) -> list[int]:
        """Return the learned-from episodes other than row ``k``."""
        return [j for j, column in enumerate(self.columns) if column != k]

    def past(self, k: int) -> list[int]:
        """Return the learned-from episodes that were decided before row ``k``."""
        date = self.rows[k].episode.date
        return [j for j, coded in enumerate(self.learned) if coded.episode.date < date]

    @cached_property
    def without(self) -> list[dict[str, Any]]:
        """What each row is given without itself, by every forecaster."""
        return [self._given(k, self.others(k)) for k in range(len(self.rows))]

    @cached_property
    def before(self) -> list[dict[str, Any]]:
        """What each row is given from its past alone, by every forecaster."""
        return [self._given(k, self.past(k)) for k in range(len(self.rows))]

    def _given(self, k: int, chosen: list[int]) -> dict[str, Any]:
        weight = self.weight(chosen)
        truth = self.truth[chosen]
        rates = rivals.base_rates(truth)
        mean, low, high = post.spread(self.shares[:, k], self.outside, rates, weight, self.runs)
        logit = rates
        if len(set(truth.tolist())) > 1:
            fitted = rivals.Logit(self.covariates[chosen], truth)
            logit = fitted.forecast(rivals.covariates(self.rows[k].episode)[None])[0]
        return {
            "model": mean,
            "low": low,
            "high": high,
            "effective_draws": effective_size(weight),
            "base_rates": rates,
            "logit": logit,
            "always_extend": rivals.always_extend(),
        }

    def forecasts(self) -> list[dict[str, Any]]:
        """Return one entry per row: the forecasts as plain data."""
        prior = self.mixed([], list(range(len(self.rows)))).mean(axis=0)
        found = []
        for k, coded in enumerate(self.rows):
            entry: dict[str, Any] = {
                "id": coded.episode.id,
                "date": coded.episode.date.isoformat(),
                "name": coded.name,
                "outcome": coded.outcome,
                "alternative_code": coded.alternative,
                "learned_from": k in self.columns,
                "prior": named(prior[k]),
            }
            for label, given in (("leave_one_out", self.without), ("forward", self.before)):
                entry[label] = {
                    "probabilities": named(given[k]["model"]),
                    "intervals": ends(given[k]["low"], given[k]["high"]),
                    "effective_draws": round(given[k]["effective_draws"], 1),
                    "base_rates": named(given[k]["base_rates"]),
                    "logit": named(given[k]["logit"]),
                }
            found.append(entry)
        return found

    def scores(self) -> dict[str, Any]:
        """Return the scores of every forecaster on the learned-from rows, both ways."""
        found: dict[str, Any] = {}
        for label, given in (("leave_one_out", self.without), ("forward", self.before)):
            forecasts = {name: np.array([given[k][name] for k in self.columns]) for name in RIVALS}
            found[label] = compared(forecasts, self.truth, self.years)
            found[label]["reliability"] = scoring.reliability(forecasts["model"], self.truth, BINS)
        prior = self.mixed([], self.columns).mean(axis=0)
        found["prior_predictive"] = compared({"model": prior}, self.truth, self.years)
        fitted = np.tensordot(self.weight(self.every), self.mixed(self.every, self.columns), 1)
        found["in_sample"] = compared({"model": fitted}, self.truth, self.years)
        return found

    def predictive(self) -> dict[str, Any]:
        """Return the predictive checks of prior and posterior on all learned-from rows."""
        flat = np.full(len(self.outside), 1 / len(self.outside))
        episodes = [coded.episode for coded in self.learned]
        return {
            label: predictive.checks(episodes, self.mixed(given, self.columns), weight, self.truth)
            for label, given, weight in (
                ("prior", [], flat),
                ("posterior", self.every, self.weight(self.every)),
            )
        }

    @property
    def years(self) -> list[int]:
        """The years of the learned-from rows."""
        return [c.episode.date.year for c in self.learned]


def compared(
    forecasts: dict[str, np.ndarray], truth: np.ndarray, years: list[int]
) -> dict[str, Any]:
    """Return the scores of each forecaster, and how much better the model is than each other.

    ``better`` holds differences of scores, other less model, above 0 where the model is better; the
    first interval takes episodes as independent, the one by years whole years.
    """
    found: dict[str, Any] = {"n": len(truth), "years": len(set(years))}
    scores = {
        name: {"brier": scoring.brier(f, truth), "log": scoring.log_score(f, truth)}
        for name, f in forecasts.items()
    }
    for name, each in scores.items():
        found[name] = {
            kind: scoring.mean(values, within=(0.0, MOST[kind])).to_dict()
            for kind, values in each.items()
        }
        if name != "model":
            better, within = {}, {kind: (-most, most) for kind, most in MOST.items()}
            for kind, values in each.items():
                gap = values - scores["model"][kind]
                by_years = scoring.mean(gap, years, within[kind]).to_dict()
                better[kind] = {
                    **scoring.mean(gap, within=within[kind]).to_dict(), "by_years": by_years,
                }  # fmt: skip
            found[name]["better"] = better
    if "base_rates" in scores:
        ratio = scores["model"]["brier"].mean() / scores["base_rates"]["brier"].mean()
        found["brier_skill"] = round(float(1 - ratio), 4)
    return found


def mixed(shares: np.ndarray, outside: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Return the model's shares and base rates mixed, by the chance that the model is left out.

    Parameters
    ----------
    shares : ndarray, shape (draws, ..., 4)
    outside : ndarray, shape (draws,)
    rates : ndarray, shape (4,)
    """
    part = outside.reshape((-1,) + (1,) * (shares.ndim - 1))
    return np.asarray((1 - part) * shares + part * rates)


def named(p: np.ndarray, codes: Sequence[str] = CODES) -> dict[str, float]:
    """Return probabilities by code, rounded to four digits so that they still sum to 1.

    Examples
    --------
    >>> named(np.array([0.33334, 0.33333, 0.33333]), ("deal", "truce", "dropped"))
    {'deal': 0.3334, 'truce': 0.3333, 'dropped': 0.3333}
    """
    rounded = [round(float(x), 4) for x in p]
    rounded[int(np.argmax(p))] += round(1.0 - sum(rounded), 4)
    return {code: round(x, 4) for code, x in zip(codes, rounded, strict=True)}


def ends(
    low: np.ndarray, high: np.ndarray, codes: Sequence[str] = CODES
) -> dict[str, dict[str, float]]:
    """Return intervals by code."""
    return {
        code: {"low": round(float(a), 4), "high": round(float(b), 4)}
        for code, a, b in zip(codes, low, high, strict=True)
    }
