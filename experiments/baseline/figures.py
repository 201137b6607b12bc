"""Say what the odds are, when agreements come, what is in them, how offers close in."""

from __future__ import annotations

import sys
from pathlib import Path

import negotiation as ng
from negotiation import plots
from negotiation.analysis import wording
from negotiation.analysis.digits import interval
from negotiation.ensemble import Ensemble
from negotiation.report.answers import odds_text
from negotiation.report.cells import odds_of
from negotiation.report.findings import Findings

HERE = Path(__file__).parent
EXTENDED, SIGNED = "first_deadline_extended", "summit_deal"
PLAYED, TALKS = 20_000, 150


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers, scenario = found.answers, found.scenario
    cell = answers.cells[0]
    headlines = wording.headlines(scenario)
    for name, words in headlines.items():
        found.say(
            f"**{words}: {odds_text(answers.odds(name))}.** Over the numbers that nobody knows: "
            f"{interval(*answers.ignorance(name))}."
        )
    states = {name: f"at_horizon.{name}" for name in wording.AT_HORIZON}
    found.table(
        (f"On {wording.date(scenario.calendar.horizon)}", "odds (chance)", "unknown numbers"),
        [
            (words, odds_text(cell.odds[states[k]]), interval(*cell.ignorance[states[k]]))
            for k, words in wording.AT_HORIZON.items()
        ],
    )
    events = [name for name in wording.EVENTS if name not in wording.impossible(scenario)]
    found.table(
        ("On the way there", "odds (chance)", "unknown numbers"),
        [(wording.event(k), odds_text(cell.odds[k]), interval(*cell.ignorance[k])) for k in events],
    )
    odds = odds_of(found.results, cell, scenario)
    found.picture(plots.odds(odds, scenario=scenario), "odds", "The odds with both intervals.")
    rows = Ensemble(scenario).rows(seed=found.results.seed, first=0, count=PLAYED)
    found.picture(plots.timing(rows, scenario), "timing", "When agreements are signed.")
    found.picture(plots.contents(rows, scenario), "contents", "What is in the deals.")
    talks = [ng.run(scenario, seed=found.results.seed, run=i) for i in range(TALKS)]
    found.picture(plots.gap(talks), "gap", "How far apart the two standing offers are.")
    _minds(found)
    found.write()


def _minds(found: Findings) -> None:
    answers = found.answers
    wide = {name: answers.ignorance(name) for name in (EXTENDED, SIGNED)}
    shown = {name: f"The wide interval is {interval(*ends)}." for name, ends in wide.items()}
    found.mind(
        "That an extension is likelier than not: if the interval over the unknown numbers reached "
        "below 50%.",
        wide[EXTENDED][0] < 0.5,
        shown[EXTENDED],
    )
    found.mind(
        "That nobody can call the deal at the summit: if the interval over the unknown numbers lay "
        "on one side of 50%.",
        not wide[SIGNED][0] < 0.5 < wide[SIGNED][1],
        shown[SIGNED],
    )
    widths = [
        (answers.odds(k).high - answers.odds(k).low) / (high - low)
        for k, (low, high) in wide.items()
    ]
    found.mind(
        "That more runs would not help: if the interval of chance were wider than a tenth of the "
        "other.",
        max(widths) > 0.1,
        f"It is {max(widths):.1%} of it at most.",
    )
    truce, war = (answers.odds(f"at_horizon.{k}") for k in ("truce", "escalation"))
    found.mind(
        "That a truce without a deal is the main alternative to a deal: if penalties in force at "
        "the end were likelier.",
        True if war.low > truce.high else False if war.high < truce.low else None,
        f"Truce {odds_text(truce)}, penalties {odds_text(war)}.",
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
