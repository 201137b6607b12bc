"""``negotiation compare``: what a change does to the odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.odds import Runs, Way, Worlds, way
from negotiation.errors import InputError
from negotiation.words.language import marked, tr

if TYPE_CHECKING:
    from negotiation.analysis.comparison import Comparison
    from negotiation.scenario import Scenario

PLACE = 15

Before = Annotated[str, o.argument("A", "A shipped scenario or a TOML file.")]
After = Annotated[
    str | None,
    o.argument("B", "The other one; A if not given. --set, --us and --china change B alone."),
]
Within = Annotated[
    str | None,
    o.text(
        "POINTS",
        "Half of the 95% interval that the changes of the two headlines may have, by default 0.5: "
        "as many pairs are played as that takes.",
    ),
]
THEN = marked("now both as the uncertain assumptions vary")


def compare(
    before: Before = o.DEFAULT_SCENARIO,
    after: After = None,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    within: Within = None,
    runs: Runs = None,
    seed: o.Seed = 1,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    worlds: Worlds = None,
    workers: o.Workers = None,
    language: o.Language = "en",
    quiet: o.Quiet = False,
) -> None:
    """Show what a change does to the odds: two scenarios, played in pairs of runs.

    Example: negotiation compare --set us.authority=0
    """
    from negotiation.cli import files
    from negotiation.cli.compare_text import report

    o.spoken(language)
    how = way(within, runs, worlds)
    o.within("--seed", seed, 0, 2**63 - 1)
    cores = o.cores(workers)
    asked = o.changes(settings, us, china)
    old, new = o.load(before, {}), o.load(after or before, asked)
    if old.fingerprint == new.fingerprint:
        raise InputError(
            tr(
                "nothing to compare: both scenarios have the same settings; name another one, or "
                "say what changes, for instance --set deadline.ultimatum=4."
            )
        )
    files.tables_wanted(csv, xlsx)
    result = played(old, new, how, seed, cores, quiet)

    def answer() -> str:
        return files.as_json(result.to_dict(), old, new) if as_json else report(result)

    if csv or xlsx:
        with files.or_said(answer):
            files.write_tables(csv, xlsx, {"comparison": result.to_arrow()}, of=[old, new])
    say(answer())


def played(
    before: Scenario, after: Scenario, how: Way, seed: int, workers: int, quiet: bool
) -> Comparison:
    """Play the pairs on threads, with a bar on a terminal."""
    from negotiation.analysis.compare import compare
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.executors import opened

    for scenario in (before, after):
        Ensemble(scenario).compile()
    total, then = how.pace(THEN)
    with (
        opened(None, workers) as pool,
        pace(total, what=tr("negotiations"), then=then and tr(then), quiet=quiet) as done,
    ):
        return compare(before, after, seed=seed, executor=pool, progress=done, **how.asked)
