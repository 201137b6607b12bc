"""Say what each source of leverage does: taken away, alone, and on average over all orders."""

from __future__ import annotations

import sys
from itertools import combinations
from math import factorial
from pathlib import Path

import numpy as np

from negotiation import plots
from negotiation.ensemble import Ensemble
from negotiation.estimates import Estimate, mean_of
from negotiation.report.cells import Change
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
from findings import Findings, at_most, change_text, money_text, moved_by, opposite  # noqa: E402
from sources import (  # noqa: E402
    CHINA_TARIFFS,
    OTHERWISE,
    SOURCES,
    US_TARIFFS,
    full,
    length,
    only,
    without,
)

EXTENDED, EVEN, FROM_US, FROM_CHINA, LAPSED, DEAL = (
    "first_deadline_extended", "first_extension_mutual", "first_extension_from_us",
    "first_extension_from_china", "first_deadline_lapsed", "deal",
)  # fmt: skip
HEADS = {
    EVEN: "extended on even terms", FROM_US: "paid for by the US",
    FROM_CHINA: "paid for by China", LAPSED: "lapsed", DEAL: "any deal",
}  # fmt: skip
PAYERS = {FROM_US: "the US pays", FROM_CHINA: "China pays"}
SHORT, LONG = 30, 180
PLAYED, PER_WORLD = 20_000, 4


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers

    def odds(outcome: str, changes: dict[str, float]) -> Estimate:
        return answers.cell(full(changes)).odds[outcome]

    away = {s: answers.cell(full(without(s))).changes for s in SOURCES}
    alone = {s: {k: _less(found, k, only(s), without(*SOURCES)) for k in HEADS} for s in SOURCES}
    shares = {k: {s: _shapley(found, k, s) for s in SOURCES} for k in PAYERS}
    none = odds(FROM_US, without(*SOURCES)), odds(FROM_CHINA, without(*SOURCES))
    found.points(
        "With all four sources the US pays for the first extension in "
        f"{odds_text(answers.odds(FROM_US))}, China in {odds_text(answers.odds(FROM_CHINA))}; "
        f"with none of them {odds_text(none[0])} and {odds_text(none[1])}.",
        *(_makes_and_spares(shares[k], k) for k in PAYERS),
        "Tariffs of neither side that return, which we expected to cancel: "
        f"{change_text(away['tariffs'][FROM_US])} that the US pays, "
        f"{change_text(away['tariffs'][FROM_CHINA])} that China does, "
        f"{change_text(away['tariffs'][LAPSED])} that the truce lapses.",
        f"With none of the four the truce lapses at its first deadline in "
        f"{odds_text(odds(LAPSED, without(*SOURCES)))}, instead of "
        f"{odds_text(answers.odds(LAPSED))}; if a lapse costs nothing else either, in "
        f"{odds_text(odds(LAPSED, without(*SOURCES) | OTHERWISE))}.",
    )
    bars = [
        (s, 100 * c.difference, 100 * c.low, 100 * c.high, PAYERS[k])
        for k in PAYERS
        for s, c in shares[k].items()
    ]
    names = ("name", "index", "low", "high", "kind")
    found.picture(
        plots.importance(
            dict(zip(names, map(list, zip(*bars, strict=True)), strict=True)),
            measure="Points added to the odds",
            title="What makes a side pay for the first extension",
        ),
        "who-pays", "Shapley's value of each source.",
    )  # fmt: skip
    found.say("A source taken away, the others left:")
    found.table(
        ("Without", *HEADS.values()),
        [(s, *(change_text(away[s][k]) for k in HEADS)) for s in SOURCES],
    )
    found.say("A source alone, against none (intervals at their widest):")
    found.table(
        ("Only", *HEADS.values()),
        [(s, *(change_text(alone[s][k]) for k in HEADS)) for s in SOURCES],
    )
    one = {
        "US tariffs do not return": US_TARIFFS, "China's tariffs do not return": CHINA_TARIFFS,
        f"{SHORT} days customary": length(SHORT), f"{LONG} days customary": length(LONG),
    }  # fmt: skip
    found.say("Variants of single sources, against the scenario as it stands:")
    found.table(
        ("Variant", *HEADS.values()),
        [
            (name, *(change_text(answers.cell(full(c)).changes[k]) for k in HEADS))
            for name, c in one.items()
        ],
    )
    _terms(found)
    _minds(found, away, odds(LAPSED, without(*SOURCES)))
    found.write()


def _less(found: Findings, outcome: str, there: dict, here: dict) -> Change:
    """Return the odds of one cell less those of another."""
    return found.answers.contrast(outcome, [(1, full(there)), (-1, full(here))])


def _shapley(found: Findings, outcome: str, source: str) -> Change:
    """Return what a source adds to the odds, on average over all orders of the four."""
    others, n = [s for s in SOURCES if s != source], len(SOURCES)
    terms = []
    for size in range(n):
        weight = factorial(size) * factorial(n - 1 - size) / factorial(n)
        for there in combinations(others, size):
            terms += [(weight, full(only(*there, source))), (-weight, full(only(*there)))]
    return found.answers.contrast(outcome, terms)


def _makes_and_spares(shares: dict[str, Change], payer: str) -> str:
    """Return which source most makes a side pay, and which most spares it."""
    most = max(SOURCES, key=lambda s: shares[s].difference)
    least = min(SOURCES, key=lambda s: shares[s].difference)
    who = "the US" if payer == FROM_US else "China"
    makes = (
        f"What makes {who} pay is most of all {most}: {change_text(shares[most])} on average over "
        "all orders"
        if shares[most].low > 0
        else f"No source clearly makes {who} pay"
    )
    if shares[least].high < 0:
        makes += f"; what spares it is most of all {least}: {change_text(shares[least])}"
    return f"{makes} (the widest of the intervals over all orders)."


def _terms(found: Findings) -> None:
    """Say what the sides sign without each source, in pairs of runs."""
    seed = found.results.seed
    played = {
        s: Ensemble(found.scenario.replace(without(s) if s else {})).rows(
            seed=seed, first=0, count=PLAYED, runs_per_world=PER_WORLD
        )
        for s in ("", *SOURCES)
    }
    base = played[""]
    found.say(
        f"Over {PLAYED:,} runs, the terms of what is signed are worth "
        f"{money_text(_mean(base['yearly_gain'][:, 0]))} a year to the US and "
        f"{money_text(_mean(base['yearly_gain'][:, 1]))} to China. Taking a source away, in "
        "pairs of runs:"
    )
    rows = []
    for s in SOURCES:
        gain = played[s]["yearly_gain"] - base["yearly_gain"]
        account = played[s]["account"] - base["account"]
        both = [_mean(x[:, k]) for x in (gain, account) for k in (0, 1)]
        rows.append((s, *map(money_text, both), _asked(found, played[s])))
    found.table(
        ("Without", "terms of the US", "terms of China", "account of the US",
         "account of China", "most often given for the extension"),
        rows,
    )  # fmt: skip


def _mean(values: np.ndarray) -> Estimate:
    """Return the mean over runs, with the interval over the worlds that they share."""
    return mean_of(values.reshape(-1, PER_WORLD).mean(axis=1))


def _asked(found: Findings, rows: np.ndarray) -> str:
    """Return the concession that most often paid for the first extension."""
    paid = rows["first_demand"][rows["first_demand"] >= 0]
    if not len(paid):
        return "nothing"
    counts = np.bincount(paid)
    issue = list(found.scenario.issues.values())[int(counts.argmax())]
    return f"{issue.name} ({counts.max() / len(paid):.0%})"


def _minds(found: Findings, away: dict[str, dict[str, Change]], lapsed: Estimate) -> None:
    answers = found.answers
    earths = away["rare earths"][FROM_US]
    found.mind(
        "That rare earths are China's leverage: if the US paid no less often without them.",
        opposite(_below(earths)),
        f"{change_text(earths)}.",
    )
    rival = min(
        (s for s in SOURCES if s != "rare earths"), key=lambda s: away[s][FROM_US].difference
    )
    more = _less(found, FROM_US, without("rare earths"), without(rival))
    found.mind(
        "That they are the largest source of it: if taking away another lowered the odds that the "
        "US pays by more.",
        opposite(_below(more)),
        f"Without rare earths {change_text(more)} against without {rival}, the next (interval at "
        "its widest).",
    )
    spared = answers.cell(full(US_TARIFFS)).changes[FROM_CHINA]
    found.mind(
        "That tariffs are the leverage of who imposes them: if China paid no less often where only "
        "US tariffs do not return.",
        opposite(_below(spared)),
        f"{change_text(spared)}. Where only China's do not return, the odds that the US pays move "
        f"by {change_text(answers.cell(full(CHINA_TARIFFS)).changes[FROM_US])}.",
    )
    calm = away["markets"][FROM_US]
    found.mind(
        "That markets press the US: if it paid no less often without sell-offs.",
        opposite(_below(calm)),
        f"{change_text(calm)}.",
    )
    time = [away["time"][k] for k in PAYERS]
    told = [moved_by(change, 0.02) for change in time]
    found.mind(
        "That time is small: if without it the odds that the US pays, or that China does, moved by "
        "two points or more.",
        True if True in told else None if None in told else False,
        f"{change_text(time[0])} and {change_text(time[1])}.",
    )
    found.mind(
        "That the truce does not hang on leverage: if with all four gone it lapsed at its first "
        "deadline in more than one run in four.",
        opposite(at_most(lapsed, 0.25)),
        f"{odds_text(lapsed)}.",
    )
    longer = [_less(found, k, length(LONG), length(SHORT)) for k in PAYERS]
    total = sum(c.difference for c in longer)
    half = sum(c.high - c.low for c in longer) / 2
    paid = Change(total, total - half, total + half, float("nan"))
    found.mind(
        "That a longer extension is paid for more often: if the two together paid no more often.",
        at_most(paid),
        f"{change_text(paid)} with {LONG} days instead of {SHORT}; lapsed "
        f"{change_text(_less(found, LAPSED, length(LONG), length(SHORT)))}, any deal "
        f"{change_text(_less(found, DEAL, length(LONG), length(SHORT)))} (intervals at their "
        "widest).",
    )


def _below(change: Change) -> bool | None:
    """Return whether a difference is below zero; None if its interval cannot tell."""
    return True if change.high < 0 else False if change.low >= 0 else None


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
