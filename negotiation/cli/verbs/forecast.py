"""``negotiation forecast``: forecasts of decisions to come, put on record where asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.hindcast import RUNS, forecasts, of_the_record

PLACE = 72
LEDGER = Path("results", "ledger.csv")
OF_RECORD = Path("results", "ledger-any-two.csv")

File = Annotated[
    Path,
    o.argument(
        "ROWS.csv|DIR",
        "Decisions to forecast, as for hindcast; of any two sides in the columns of the record.",
    ),
]
Runs = Annotated[int, o.number("N", "Negotiations per decision and posterior draw.")]
Register = Annotated[bool, o.flag("Add the forecasts to the ledger.", "--register")]
Ledger = Annotated[Path, o.text("FILE", "The ledger.", "--ledger")]
Chosen = Annotated[
    Path | None,
    o.text(
        "FILE",
        f"The ledger; by default {LEDGER}, of rows in the columns of the record {OF_RECORD}.",
        "--ledger",
    ),
]
Again = Annotated[
    bool, o.flag("Register even what is registered by the same commit and numbers.", "--again")
]
After = Annotated[
    bool, o.flag("Register decisions whose day has come, marked as such.", "--after-the-fact")
]


def forecast(
    file: File,
    register: Register = False,
    ledger: Chosen = None,
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
    from negotiation.hindcast.as_recorded import FIVE
    from negotiation.hindcast.decisions import CODES

    o.within("--runs", runs, 1, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    if not register and (again or after_the_fact):
        option = "--again" if again else "--after-the-fact"
        raise InputError(f"{option}: only with --register.")
    any_two = coming.in_columns_of_the_record(file)
    codes = FIVE if any_two else CODES
    place = ledger or (OF_RECORD if any_two else LEDGER)
    if any_two:
        decisions = coming.load(file)
        wanted = r.of_the_record(decisions)
    else:
        rows = reading.load(file)
        wanted = r.of_episodes(rows, r.disputes(file))
    asked = {**r.fingerprints(codes), "seed": str(seed), "runs": str(runs)} if register else {}

    def check(lines: list[kept.Line]) -> None:
        kept.of_one_kind(place, lines, codes)
        r.refuse_bad(
            wanted, lines, asked, today=r.now().date(), after_the_fact=after_the_fact,
            again=again, where=str(file),
        )  # fmt: skip

    if register:  # before anything is computed in vain
        check(kept.read(place) if place.exists() else [])
    if any_two:
        found = of_the_record(decisions, runs=runs, seed=seed, workers=cores, quiet=quiet)
        entries, played = found["decisions"], found["runs_per_decision"]
        page = record_report(found, str(file))
    else:
        found = forecasts(rows, runs=runs, seed=seed, workers=cores, quiet=quiet)
        entries, played = r.with_rates(rows, found["episodes"]), found["runs_per_episode"]
        page = forecast_report(found, str(file))
    added: list[kept.Line] = []
    if register:

        def lines_to_add(lines: list[kept.Line]) -> list[kept.Line]:
            check(lines)
            return r.lines_for(wanted, entries, asked, played, r.now())

        added = kept.append(place, lines_to_add, codes)
    if as_json:
        say(files.as_json({**found, "registered": added}))
        return
    say(page)
    if added:
        late = sum(x["after_the_fact"] == "yes" for x in added)
        say(f"\nRegistered in {place}: lines {added[0]['line']} to {added[-1]['line']}, of which "
            f"{late} after the fact; the model knows nothing after {added[0]['knowledge_ends']}."
            f"\nLast hash: {added[-1]['hash']}")  # fmt: skip
