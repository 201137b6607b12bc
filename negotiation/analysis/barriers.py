"""Why an outcome never comes, and which setting stands in its way.

An outcome that some run brings is possible. For one that none of many runs brings, each setting
that can forbid it by itself is relaxed in turn, all else as it was, and as many runs are played
with it, eight in a draw of the uncertain numbers, each time under the same luck: the relaxation
that lets the outcome happen most often names the barrier. Where only all of them together do, all
are named. Where not even that helps, the sentence says whether any package is worth signing to
both sides at all, and no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from negotiation.analysis.first_day import bargaining_problem
from negotiation.door import checked
from negotiation.ensemble import MOST_RUNS, Ensemble
from negotiation.errors import one_of, whole_number
from negotiation.outcome import EVENTS
from negotiation.scenario import SIDES, Scenario
from negotiation.theory.bargaining_solutions import nash_solution
from negotiation.words.language import joined, marked, tr, trn
from negotiation.words.numbers import percent
from negotiation.words.outcomes import NEVER, impossible, never

RUNS = 2000
TOGETHER = 8  # of these in a draw of the uncertain numbers, which takes as long as so many runs
AT_FIRST = 50  # runs: most outcomes come in some of these, and then the others need not be played
ASKED = tuple(NEVER)
NO_SUMMIT = marked("no summit is planned (calendar.summit_from)")
SIGNED = ("deal", "working_deal", "summit_deal")
NAMED = 4  # settings listed in a sentence


@dataclass(frozen=True)
class Barrier:
    """What stands in the way of an outcome.

    Attributes
    ----------
    event : str
        One of `negotiation.outcome.EVENTS`.
    settings : dict of str to object
        The settings that stand in the way and what they are relaxed to; empty where none was
        found.
    odds : float
        Share of the runs that bring the outcome once they are relaxed.
    sentence : str
    """

    event: str
    settings: Mapping[str, Any]
    odds: float
    sentence: str


@checked
def barriers(
    scenario: Scenario, among: Collection[str] = ASKED, *, seed: int = 1, runs: int = RUNS
) -> tuple[Barrier, ...]:
    """Return the outcomes that no run brings, each with what stands in its way.

    Parameters
    ----------
    scenario : Scenario
    among : collection of str
        The outcomes to ask about, of `ASKED`.
    seed, runs : int
        Which negotiations are played, before and after a setting is relaxed.

    Raises
    ------
    InputError
        If there is no such outcome, or the seed or the number of runs is out of range.

    Notes
    -----
    What the calendar leaves out on purpose, a deadline or a summit, is no news by itself: it is
    told only where it is what keeps every deal from being signed.

    Examples
    --------
    >>> barriers(Scenario.load("split-the-pie"))
    ()
    >>> shut = Scenario.load("split-the-pie").replace({"issues.pie.mandate": 0.0})
    >>> print(barriers(shut)[0].sentence)
    In none of 2,000 runs: no deal is ever signed. What stands in the way: issues.pie.mandate = 0,
    while no summit is planned (calendar.summit_from). At 1 it happens in 100% of the runs.
    """
    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("seed", seed, 0)
    for name in among:
        one_of("outcome", name, EVENTS)
    asked = [name for name in among if name not in impossible(scenario)]
    if not asked:
        return ()
    found = []
    asked = unseen(scenario, asked, seed, runs)
    if "deal" in asked:  # then neither kind of deal is
        asked = [name for name in asked if name not in ("working_deal", "summit_deal")]
    for event in asked:
        settings, odds = relaxation(scenario, event, seed, runs)
        found.append(
            Barrier(event, settings, odds, in_words(scenario, event, settings, odds, runs))
        )
    return tuple(found)


def unseen(scenario: Scenario, among: Collection[str], seed: int, runs: int) -> list[str]:
    """Return which of these events none of the runs brings.

    One run that brings an event is enough, so the runs are played in parts, each as long as all
    before it, until every event has come.
    """
    ensemble, left, done = Ensemble(scenario), list(among), 0
    while left and done < runs:
        count = min(done or AT_FIRST, runs - done)
        came = ensemble.tally(seed=seed, first=done, count=count).events
        left = [name for name in left if not came[EVENTS.index(name)]]
        done += count
    return left


def shares(scenario: Scenario, seed: int, runs: int) -> dict[str, float]:
    """Return the share of runs that each event happens in."""
    played = Ensemble(scenario).tally(seed=seed, first=0, count=runs, runs_per_world=TOGETHER)
    events = played.events
    return dict(zip(EVENTS, (events / runs).tolist(), strict=True))


def relaxation(
    scenario: Scenario, event: str, seed: int, runs: int
) -> tuple[dict[str, Any], float]:
    """Return the relaxation that lets an event happen most often, and in what share of the runs.

    Of several settings relaxed at once those are left out without which it still happens in
    more than half as many runs.
    """

    def share_with(settings: Mapping[str, Any]) -> float:
        return shares(scenario.replace(settings), seed, runs)[event]

    tried = [(share_with(settings), settings) for settings in relaxed(scenario, event)]
    if not any(share for share, _ in tried):
        every = {path: value for _, settings in tried for path, value in settings.items()}
        tried = [(share_with(every), every)] if every else []
    best, chosen = max(tried, key=lambda pair: pair[0], default=(0.0, {}))
    if best == 0.0:
        return {}, 0.0
    odds = best
    for path in list(chosen):
        fewer = {k: v for k, v in chosen.items() if k != path}
        without = share_with(fewer) if fewer else 0.0
        if without > 0.5 * best:
            chosen, odds = fewer, without
    return chosen, odds


def relaxed(scenario: Scenario, event: str) -> Iterator[dict[str, Any]]:
    """Yield what may forbid an event by itself, each with the value at which it forbids nothing."""
    if event == "first_deadline_extended":
        yield from single(scenario, {"deadline.accident": 0.0})
        # who asks at any price, of a side that gives in to nothing
        if scenario.deadline.ultimatum.support()[0] < 0.0:
            yield {"deadline.ultimatum": 0.0}
        if above := positive(scenario, "types.resolve_prior"):
            yield above
        return
    if event != "working_deal":
        yield from single(scenario, {"summit.feasible": 1.0, "summit.tension_cost": 0.0})
    issues = scenario.issues
    if scenario.talks.contract == "drafts":
        unready = {f"issues.{k}.ready": 1.0 for k, i in issues.items() if i.ready.support()[1] < 1}
        if unready:
            yield unready
    if event == "summit_held":  # a meeting may be for the picture
        return
    if event != "working_deal":
        yield from single(scenario, {"summit.slip": 0.0})
    for name in ("mandate", "reach"):
        if event != "summit_deal" or name == "reach":
            most = {k: getattr(issue, name).support()[1] for k, issue in issues.items()}
            below = {f"issues.{k}.{name}": 1.0 for k in most if most[k] < 1.0}
            if below:
                yield below
    for name in ("ratification", "reservation"):
        if above := positive(scenario, name):
            yield above


def positive(scenario: Scenario, name: str) -> dict[str, Any]:
    """Return a number of both sides, where it is above 0, as 0."""
    now = dict(scenario.numbers())
    paths = [f"{side}.{name}" for side in SIDES]
    return {path: 0.0 for path in paths if path in now and now[path].value > 0}


def single(scenario: Scenario, neutral: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Yield each of these settings alone, unless it stands at its neutral value already."""
    now = dict(scenario.numbers())
    for path, value in neutral.items():
        if now[path].value != value or now[path].uncertain:
            yield {path: value}


def worth_signing(scenario: Scenario) -> bool:
    """Return whether a package is there that both sides like better than none.

    Valued as both expect on the first day; a side's reservation is what it asks for to sign.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> greedy = pie.replace({"us.reservation": 0.7, "china.reservation": 0.7})
    >>> worth_signing(pie), worth_signing(greedy)
    (True, False)
    """
    return nash_solution(bargaining_problem(scenario)).package is not None


def in_words(
    scenario: Scenario, event: str, settings: Mapping[str, Any], odds: float, runs: int
) -> str:
    """Return a barrier as a sentence or two."""
    head = trn(
        "In none of {n} run: {never}.", "In none of {n} runs: {never}.", runs,
        never=never(event, scenario),
    )  # fmt: skip
    if not settings:
        if event in SIGNED and not worth_signing(scenario):
            return joined(
                head,
                tr(
                    "No package is worth signing to both sides: by what they expect on the first "
                    "day, any leaves one of them with less than it has or asks for without it."
                ),
            )
        return joined(head, tr("No one setting was found that stands in the way."))
    now = dict(scenario.numbers())
    listed = ", ".join(
        f"{scenario.own_path(path)} = {now[path].value:g}" for path in list(settings)[:NAMED]
    )
    if len(settings) > NAMED:
        listed = tr("{settings} and {n} more of the kind", settings=listed, n=len(settings) - NAMED)
    no_summit = event == "deal" and scenario.calendar.summit_from is None
    if no_summit:
        listed = tr("{settings}, while {reason}", settings=listed, reason=tr(NO_SUMMIT))
    why = tr("What stands in the way: {settings}.", settings=listed)
    values = {f"{value:g}" for value in settings.values()}
    if len(values) == 1:
        then = tr("At {value} it happens in {share} of the runs.", value=values.pop(),
                  share=percent(odds))  # fmt: skip
        return joined(head, why, then)
    without = ", ".join(
        f"{scenario.own_path(path)} = {value:g}" for path, value in settings.items()
    )
    then = tr("With {settings} it happens in {share} of the runs.", settings=without,
              share=percent(odds))  # fmt: skip
    return joined(head, why, then)
