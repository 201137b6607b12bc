"""``negotiation run``: one negotiation, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

PLACE = 20
MOST_RUNS = 10**7
LAST = 2**63 - 1  # the largest seed, and the last run of each
KINDS = "step, retaliate, reopen, answer, stand, initial, ratify, propose, yield, cut, attend, sign"

RunNumber = Annotated[int, o.number("I", "Which run of that seed: the one odds played.", "--run")]


Fork = Annotated[
    str | None,
    o.text(
        "DAY:[SIDE.]KIND=CHOICE",
        "What if a side had decided otherwise? Such as 2025-08-12:china.yield=refuse. "
        f"Kinds: {KINDS}.",
    ),
]
RUNS = 10_000
Runs = Annotated[int, o.number("N", "With --fork: runs of each branch.")]


def run(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    seed: o.Seed = 1,
    number: RunNumber = 0,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    fork: Fork = None,
    runs: Runs = RUNS,
    language: o.Language = "en",
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Play one negotiation and print its transcript; with --fork, of both branches.

    Example: negotiation run --seed 42
    """
    from negotiation.cli.files import as_json as to_json
    from negotiation.game import run as play
    from negotiation.words.language import tr

    o.spoken(language)
    o.within("--seed", seed, 0, LAST)
    o.within("--run", number, 0, LAST)
    o.within("--runs", runs, 1, MOST_RUNS)
    if fork is None and runs != RUNS:
        raise InputError(
            tr("--runs: so many runs are played of each branch of --fork; give --fork too.")
        )
    chosen = o.load(scenario, o.changes(settings, us, china))
    if fork is not None:
        say(forked(chosen, fork, seed, number, runs, as_json))
        return
    talks = play(chosen, seed=seed, run=number)
    if as_json:
        say(to_json(talks.to_dict(), chosen))
        return
    say(talks.transcript)
    if not quiet and number < LAST:
        follow = o.again("run", scenario, settings, us, china, seed=seed, run=number + 1)
        follow += f" --language {language}" if language != "en" else ""
        say("\n" + tr("Next: {command}", command=follow), err=True)


def forked(scenario: Scenario, fork: str, seed: int, number: int, runs: int, as_json: bool) -> str:
    """Return the run and what would have come of another decision, as text or as JSON."""
    import shutil

    from negotiation.analysis.what_if import parsed, what_if
    from negotiation.cli import compare_text
    from negotiation.cli.files import as_json as to_json
    from negotiation.game import Game

    day, side, kind, choice = parsed(fork, scenario)
    game = Game(scenario, seed=seed, run=number)
    found = what_if(game, kind, choice, day=day, side=side, runs=runs)
    return (
        to_json(found.to_dict(), scenario)
        if as_json
        else compare_text.forked(found, shutil.get_terminal_size().columns)
    )
