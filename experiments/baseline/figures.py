"""Say what the odds are, when agreements come, what is in them, how offers close in."""

from __future__ import annotations

import sys
from pathlib import Path

import negotiation as ng
from negotiation import plots
from negotiation.analysis.odds import WORLDS
from negotiation.ensemble import Ensemble
from negotiation.estimates import Estimate, share
from negotiation.report.cells import odds_of
from negotiation.words import outcomes, scene
from negotiation.words.numbers import interval, odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, opposite  # noqa: E402

EXTENDED, SIGNED = "first_deadline_extended", "summit_deal"
PAID = ("first_extension_from_us", "first_extension_from_china")
PLAYED, TALKS = 20_000, 150


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers, scenario = found.answers, found.scenario
    odds = odds_of(found.results, answers.cells[0], scenario, worlds=WORLDS)
    for name, words in outcomes.headlines(scenario).items():
        found.say(
            f"**{words}: {odds_text(odds.events[name])}.** As the uncertain assumptions vary: "
            f"{interval(*odds.parameter_interval[name])}."
        )
    columns = ("odds (sampling error)", "assumptions vary")
    found.table(
        (f"On {scene.full_date(scenario.calendar.horizon)}", *columns),
        [
            (words, odds_text(odds.at_horizon[k]), interval(*odds.horizon_interval[k]))
            for k, words in outcomes.AT_HORIZON.items()
        ],
    )
    events = [name for name in outcomes.EVENTS if name not in outcomes.impossible(scenario)]
    found.table(
        ("On the way there", *columns),
        [
            (outcomes.event(k), odds_text(odds.events[k]), interval(*odds.parameter_interval[k]))
            for k in events
        ],
    )
    found.picture(plots.odds(odds, scenario=scenario), "odds", "The odds with both intervals.")
    rows = Ensemble(scenario).rows(seed=found.results.seed, first=0, count=PLAYED)
    found.picture(plots.timing(rows, scenario), "timing", "When agreements are signed.")
    found.picture(plots.contents(rows, scenario), "contents", "What is in the deals.")
    talks = [ng.run(scenario, seed=found.results.seed, run=i) for i in range(TALKS)]
    found.picture(plots.gap(talks), "gap", "How far apart the two standing offers are.")
    _minds(found, odds)
    found.write()


def _minds(found: Findings, odds: ng.Odds) -> None:
    wide = {name: odds.parameter_interval[name] for name in (EXTENDED, SIGNED)}
    shown = {name: f"The wide interval is {interval(*ends)}." for name, ends in wide.items()}
    found.mind(
        "That an extension is likelier than not: if the wide interval reached below 50%.",
        wide[EXTENDED][0] < 0.5,
        shown[EXTENDED],
    )
    bought = _bought(found)
    found.mind(
        "That it is mutual: if more than a third of the extensions were paid for.",
        opposite(at_most(bought, 1 / 3)),
        f"{odds_text(bought)} of them are.",
    )
    found.mind(
        "That nobody can call the deal at the summit: if the wide interval lay on one side of 50%.",
        not wide[SIGNED][0] < 0.5 < wide[SIGNED][1],
        shown[SIGNED],
    )
    widths = [
        (odds.events[k].high - odds.events[k].low) / (high - low) for k, (low, high) in wide.items()
    ]
    found.mind(
        "That more runs would not help: if sampling error were wider than a tenth of the other.",
        max(widths) > 0.1,
        f"It is {max(widths):.1%} of it at most.",
    )
    truce, war = (odds.at_horizon[k] for k in ("truce", "escalation"))
    found.mind(
        "That a truce without a deal is the main alternative to a deal: if penalties in force at "
        "the end were likelier.",
        True if war.low > truce.high else False if war.high < truce.low else None,
        f"Truce {odds_text(truce)}, penalties {odds_text(war)}.",
    )


def _bought(found: Findings) -> Estimate:
    """Return the share of the first extensions that one side paid for."""
    odds = found.answers.cells[0].odds
    runs = int(found.results.runs[0])
    extended = round(runs * odds[EXTENDED].p)
    return share(round(runs * sum(odds[name].p for name in PAID)), extended)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
