"""``negotiation forecast``: forecasts of decisions to come, put on record where asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.hindcast import RUNS, forecasts, of_the_record

PLACE = 72
LEDGER = Path("results", "ledger.csv")

File = Annotated[
    Path,
    o.argument(
        "ROWS.csv|DIR",
        "Decisions to forecast, as for hindcast; of any two sides in the columns of the record.",
    ),
]
Runs = Annotated[int, o.number("N", "Negotiations per decision and posterior draw.")]
Register = Annotated[
    bool, o.flag("Add the forecasts to the ledger; of episodes alone.", "--register")
]
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
    from negotiation.cli.hindcast_text import forecast_report
    from negotiation.cli.record_text import record_report
    from negotiation.errors import InputError
    from negotiation.hindcast import coming, reading
    from negotiation.hindcast import ledger as kept
    from negotiation.hindcast import registering as r

    o.within("--runs", runs, 1, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    if not register and (again or after_the_fact):
        option = "--again" if again else "--after-the-fact"
        raise InputError(f"{option}: only with --register.")
    if coming.in_columns_of_the_record(file):
        if register:
            raise InputError(
                "--register: the ledger holds forecasts of episodes; rows in the columns of the "
                "record are forecast, not registered."
            )
        told = of_the_record(file, runs=runs, seed=seed, workers=cores, quiet=quiet)
        say(files.as_json(told) if as_json else record_report(told, str(file)))
        return
    rows, of, asked = reading.load(file), r.disputes(file), {}
    if register:
        asked = {**r.fingerprints(), "seed": str(seed), "runs": str(runs)}

    def check(lines: list[kept.Line]) -> None:
        r.refuse_bad(
            rows, lines, asked, of, today=r.now().date(), after_the_fact=after_the_fact,
            again=again, where=str(file),
        )  # fmt: skip

    if register:  # before anything is computed in vain
        check(kept.read(ledger) if ledger.exists() else [])
    found = forecasts(rows, runs=runs, seed=seed, workers=cores, quiet=quiet)
    added: list[kept.Line] = []
    if register:

        def wanted(lines: list[kept.Line]) -> list[kept.Line]:
            check(lines)
            return r.lines_for(rows, found, asked, of, r.now())

        added = kept.append(ledger, wanted)
    if as_json:
        say(files.as_json({**found, "registered": added}))
        return
    say(forecast_report(found, str(file)))
    if added:
        late = sum(x["after_the_fact"] == "yes" for x in added)
        say(f"\nRegistered in {ledger}: lines {added[0]['line']} to {added[-1]['line']}, of which "
            f"{late} after the fact; the model knows nothing after {added[0]['knowledge_ends']}."
            f"\nLast hash: {added[-1]['hash']}")  # fmt: skip
