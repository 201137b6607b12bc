"""``negotiation forecast``: forecasts of decisions to come, put on record where asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.hindcast import RUNS, played

PLACE = 72
LEDGER = Path("results", "ledger.csv")

File = Annotated[
    Path,
    o.argument("ROWS.csv|DIR", "Decisions to forecast; negotiation hindcast --columns says how."),
]
Runs = Annotated[int, o.number("N", "Negotiations per decision and posterior draw.")]
Register = Annotated[bool, o.flag("Add the forecasts to the ledger.", "--register")]
Ledger = Annotated[Path, o.text("FILE", "The ledger.", "--ledger")]
Again = Annotated[
    bool, o.flag("Register even what is registered by the same commit and numbers.", "--again")
]
After = Annotated[
    bool, o.flag("Register decisions whose day has come, marked as such.", "--after-the-fact")
]


def forecast(
    file: File,
    register: Register = False,
    ledger: Ledger = LEDGER,
    again: Again = False,
    after_the_fact: After = False,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    as_json: o.AsJson = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Forecast decisions to come, and put the forecasts on record in a ledger.

    Example: negotiation forecast rows.csv --register
    """
    from negotiation.cli import files
    from negotiation.cli.record_text import record_report
    from negotiation.errors import InputError
    from negotiation.hindcast import coming
    from negotiation.hindcast import ledger as kept
    from negotiation.hindcast import registering as r
    from negotiation.hindcast.as_recorded import FIVE

    o.within("--runs", runs, 1, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    if not register and (again or after_the_fact):
        option = "--again" if again else "--after-the-fact"
        raise InputError(f"{option}: only with --register.")
    decisions = coming.load(file)
    wanted = r.of_the_record(decisions)
    asked = {**r.fingerprints(), "seed": str(seed), "runs": str(runs)} if register else {}

    def check(lines: list[kept.Line]) -> None:
        kept.of_one_kind(ledger, lines, FIVE)
        r.refuse_bad(
            wanted, lines, asked, today=r.now().date(), after_the_fact=after_the_fact,
            again=again, where=str(file),
        )  # fmt: skip

    if register:  # before anything is computed in vain
        check(kept.read(ledger) if ledger.exists() else [])
    found = played(decisions, runs=runs, seed=seed, workers=cores, quiet=quiet)
    added: list[kept.Line] = []
    if register:

        def lines_to_add(lines: list[kept.Line]) -> list[kept.Line]:
            check(lines)
            return r.lines_for(
                wanted, found["decisions"], asked, found["runs_per_decision"], r.now()
            )

        added = kept.append(ledger, lines_to_add, FIVE)
    if as_json:
        say(files.as_json({**found, "registered": added}))
        return
    say(record_report(found, str(file)))
    if added:
        late = sum(x["after_the_fact"] == "yes" for x in added)
        say(f"\nRegistered in {ledger}: lines {added[0]['line']} to {added[-1]['line']}, of which "
            f"{late} after the fact; the model knows nothing after {added[0]['knowledge_ends']}."
            f"\nLast hash: {added[-1]['hash']}")  # fmt: skip
