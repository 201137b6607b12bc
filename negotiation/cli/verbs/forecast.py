"""``negotiation forecast``: forecasts of decisions to come, put on record where asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.hindcast import RUNS, played, with_rows_of

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
    from negotiation.cli.exits import left_out
    from negotiation.cli.record_text import record_report
    from negotiation.errors import FileProblems, InputError
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
    table = coming.read(file)
    decisions, refused = table.rows, table.refused
    asked = {**r.fingerprints(), "seed": str(seed), "runs": str(runs)} if register else {}

    def not_to_be(rows: list[r.Asked], lines: list[kept.Line]) -> dict[str, list[str]]:
        kept.of_one_kind(ledger, lines, FIVE)
        return r.refusals(
            rows, lines, asked, today=r.now().date(), after_the_fact=after_the_fact, again=again
        )

    if register:  # before anything is computed in vain
        there = kept.read(ledger) if ledger.exists() else []
        bad = not_to_be(r.of_the_record(decisions), there)
        refused = [*refused, *(text for each in bad.values() for text in each)]
        decisions = [row for row in decisions if row.id not in bad]
        if not decisions:
            raise FileProblems(file, refused)
    found = played(decisions, runs=runs, seed=seed, workers=cores, quiet=quiet)
    refused = with_rows_of(found, str(file), refused, table.remarks)
    added: list[kept.Line] = []
    if register:
        forecasts = {entry["id"]: entry for entry in found["decisions"]}
        wanted = r.of_the_record([row for row in decisions if row.id in forecasts])

        def lines_to_add(lines: list[kept.Line]) -> list[kept.Line]:
            late = not_to_be(wanted, lines)  # registered by somebody else in the meantime
            refused.extend(text for each in late.values() for text in each)
            rows = [row for row in wanted if row.id not in late]
            entries = [forecasts[row.id] for row in rows]
            return r.lines_for(rows, entries, asked, found["runs_per_decision"], r.now())

        added = kept.append(ledger, lines_to_add, FIVE)
    if as_json:
        say(files.as_json({**found, "registered": added}))
    else:
        say(record_report(found, str(file)))
    if added and not as_json:
        late = sum(x["after_the_fact"] == "yes" for x in added)
        say(f"\nRegistered in {ledger}: lines {added[0]['line']} to {added[-1]['line']}, of which "
            f"{late} after the fact; the model knows nothing after {added[0]['knowledge_ends']}."
            f"\nLast hash: {added[-1]['hash']}")  # fmt: skip
    left_out(str(file), refused, "forecast and registered" if register else "forecast")
