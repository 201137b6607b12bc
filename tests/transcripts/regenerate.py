"""Write the golden transcripts anew: ``python tests/transcripts/regenerate.py``; read the diff.

Each file holds a run under seed 1 that has a certain story, the shortest among those looked at that
no other file holds, so that together they tell every kind of story. Its name is
``<scenario>--<story>.txt``; the scenarios are those of ``worlds.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.events import Event
from negotiation.outcome import AT_HORIZON, EVENTS

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from worlds import load  # noqa: E402

GOLDEN = HERE / "golden"
SEED = 1
SEARCHED = 6000
READ = 500  # of the runs that may have the story
ENOUGH = 10  # that have it, of which the shortest is kept


SUMMIT = frozenset({"summit_deal"})


class Story(NamedTuple):
    """What a run must come to: its ending, what happened on the way, what its transcript tells."""

    ending: str | None = None
    happened: frozenset[str] = frozenset()
    tells: Callable[[list[Event]], bool] = lambda events: True


def happened(*names: str, ending: str | None = None) -> Story:
    """Return the story in which these of `negotiation.outcome.EVENTS` happened."""
    return Story(ending, frozenset(names))


def tells(*kinds: str, flags: frozenset[str] = frozenset(), ending: str | None = None) -> Story:
    """Return the story in which events of these kinds come, in this order."""

    def in_order(events: list[Event]) -> bool:
        told = iter(event.kind for event in events)
        return all(kind in told for kind in kinds)

    return Story(ending, flags, in_order)


def accident(events: list[Event]) -> bool:
    """Return whether the truce lapses although nothing is refused."""
    dates = [e.detail for e in events if e.kind == "date_met"]
    return any(d["agreed"] and d["regime"] != "truce" for d in dates)


def another_text(events: list[Event]) -> bool:
    """Return whether the second of two texts on a day is signed."""
    kinds = [event.kind for event in events]
    return any(kinds[n : n + 3] == ["text", "text", "signed"] for n in range(len(kinds)))


def stopped(events: list[Event]) -> bool:
    """Return whether a home front stops a draft that both delegations have signed."""
    drafts = [e.detail for e in events if e.kind == "draft"]
    return any(all(d["signs"]) and not all(d["ratified"]) for d in drafts)


def repaired(events: list[Event]) -> bool:
    """Return whether a lapse without penalties ends with the truce in force again."""
    return any(e.kind == "lapse_ends" and e.detail["regime"] == "truce" for e in events)


def penalised(events: list[Event]) -> bool:
    """Return whether a lapse without penalties turns into penalties."""
    return any(e.kind == "lapse_ends" and e.detail["regime"] == "escalation" for e in events)


def in_part(events: list[Event]) -> bool:
    """Return whether penalties come into force on part of the trade."""
    return any(e.kind == "date_met" and e.detail["penalties"] == "in part" for e in events)


def twice_signed(events: list[Event]) -> bool:
    """Return whether the leaders meet and sign, and meet and sign again."""
    return sum(e.phase == "summit" and e.kind == "signed" for e in events) > 1


STORIES = {
    "stockholm-2025": {
        "even-extension": happened("first_extension_mutual", ending="truce"),
        "the-united-states-pays": happened("first_extension_from_us"),
        "china-pays": happened("first_extension_from_china"),
        "refused-and-penalties": happened("first_deadline_lapsed", ending="escalation"),
        "nobody-meant-it": Story(None, frozenset({"lapse"}), accident),
        "quiet-lapse": happened("lapse", ending="lapse"),
        "quiet-lapse-repaired": Story(None, frozenset({"lapse"}), repaired),
        "penalties-after-a-quiet-lapse": Story(None, frozenset({"escalation"}), penalised),
        "penalties-in-part": Story(None, frozenset({"escalation"}), in_part),
        "crisis-meeting": happened("escalation_ended"),
        "crisis-meeting-fails": tells("crisis_meeting", ending="escalation"),
        "rare-earths-cut": happened("rare_earths_cut"),
        "summit-deal-after-penalties": happened("escalation_ended", "summit_deal"),
        "ruling-and-falling-markets": tells("ruling", "selloff", "date_met"),
        "sectoral-tariffs": tells("delayed", "sectoral"),
        "sanctions-and-answers": happened("retaliation", "first_deadline_extended"),
        "delegations-sign": happened("working_deal", ending="working_deal"),
        "deal-before-the-deadline": happened("first_deadline_deal"),
        "small-deal-then-summit": happened("working_deal", "summit_deal"),
        "leaders-sign": happened("summit_deal", ending="summit_deal"),
        "another-text-is-signed": Story(None, SUMMIT, another_text),
        "put-off-then-signed": tells("put_off", "text", "signed", flags=SUMMIT),
        "for-the-picture": tells("picture", flags=frozenset({"summit_held"})),
        "parted-without-a-deal": tells("no_deal", flags=frozenset({"summit_held"})),
        "nothing-to-sign": tells("text", "no_meeting", ending="truce"),
        "home-front-blocks": Story(None, frozenset(), stopped),
        "offer-withdrawn": tells("withdrawn"),
        "deal-reopened": happened("reopened"),
    },
    "stockholm-three-issues": {
        "even-extension": happened("first_extension_mutual", ending="truce"),
        "demand-and-penalties": happened("escalation"),
        "leaders-sign": happened("summit_deal"),
    },
    "stockholm-to-2026": {
        "a-term-ends": tells("term_over"),
        "a-second-meeting": Story(None, SUMMIT, twice_signed),
    },
    "split-the-pie": {"halves": happened("working_deal")},
}


def candidates(scenario: ng.Scenario, rows: np.ndarray, story: Story) -> Iterator[ng.Talks]:
    """Yield runs that have a story."""
    fits = np.ones(len(rows), bool)
    if story.ending is not None:
        fits &= rows["state"] == AT_HORIZON.index(story.ending)
    for name in story.happened:
        fits &= rows["events"][:, EVENTS.index(name)] == 1
    for run in np.flatnonzero(fits)[:READ]:
        talks = ng.run(scenario, seed=SEED, run=int(run))
        if story.tells(list(talks.events)):
            yield talks


def main() -> None:
    """Write every file; name the stories that none of the runs has."""
    told = {}
    for name, stories in STORIES.items():
        scenario = load(name)
        used: set[int] = set()
        rows = Ensemble(scenario).rows(seed=SEED, first=0, count=SEARCHED)
        for title, story in stories.items():
            fitting = (t for t in candidates(scenario, rows, story) if t.run not in used)
            found = list(islice(fitting, ENOUGH))
            if not found:
                print(f"{name}: none of the runs looked at tells {title}.")
                continue
            shortest = min(found, key=lambda talks: (len(talks.events), talks.run))
            used.add(shortest.run)
            told[f"{name}--{title}.txt"] = f"{shortest.transcript}\n"
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.txt"):
        old.unlink()
    for file, text in told.items():
        (GOLDEN / file).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
