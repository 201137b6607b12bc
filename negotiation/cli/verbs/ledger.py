"""``negotiation ledger``: check, show, resolve and score the forecasts that are on record."""

from __future__ import annotations

from typing import Annotated

import typer

from negotiation.cli import options as o
from negotiation.cli.helps import Grouped
from negotiation.cli.say import say
from negotiation.cli.verbs.forecast import LEDGER, Ledger

PLACE = 73

Id = Annotated[str, o.argument("ID", "The decision's id.")]
Outcome = Annotated[str, o.argument("OUTCOME", "One of the codes that its forecasts are of.")]
On = Annotated[str, o.text("DATE", "The day on which it was decided.", "--on")]
Source = Annotated[str, o.text("TEXT", "Where that can be read.", "--source")]


def add_to(app: typer.Typer, group: str) -> None:
    """Add the verb and its own verbs."""
    verb = typer.Typer(cls=Grouped, rich_markup_mode=None, invoke_without_command=True)
    verb.callback()(overview)
    for function in (check, show, score, resolve):
        verb.command()(function)
    about = "Check, show, resolve and score the forecasts that are on record."
    app.add_typer(verb, name="ledger", help=about, rich_help_panel=group)


def overview(context: typer.Context) -> None:
    """Check, show, resolve and score the forecasts that are on record."""
    if context.invoked_subcommand is None:
        say(context.get_help())


def check(ledger: Ledger = LEDGER) -> None:
    """Check that no past line was edited, deleted or moved.

    Example: negotiation ledger check
    """
    from negotiation.errors import counted
    from negotiation.hindcast.ledger import START, read

    lines = read(ledger)
    last = lines[-1]["hash"] if lines else START
    say(f"{ledger}: {counted(len(lines), 'line')}, each chained to the one before.\n"
        f"Last hash: {last}\nLines removed at the end leave a chain that fits: compare this hash "
        "with one kept elsewhere.")  # fmt: skip


def show(ledger: Ledger = LEDGER, as_json: o.AsJson = False) -> None:
    """Show every forecast and outcome on record.

    Example: negotiation ledger show
    """
    from negotiation.cli.columns import columns
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.record_text import SHORT
    from negotiation.hindcast.as_recorded import FIVE
    from negotiation.hindcast.ledger import codes_of, read
    from negotiation.words.numbers import brief

    lines = read(ledger)
    if as_json:
        say(to_json(lines))
        return
    codes = codes_of(lines[0]) if lines else FIVE
    heads = SHORT if codes == FIVE else [code.split("_")[0] for code in codes]
    table = [["line", "id", "dispute", "date", "registered", *heads, ""]]
    for x in lines:
        cells = [x["line"], x["id"], x["dispute"], x["date"], x["registered"][:10]]
        if x["kind"] == "resolve":
            cells += [*[""] * len(codes), f"{x['outcome']} on {x['on']}: {x['source']}"]
        else:
            late = "registered after the fact; " if x["after_the_fact"] == "yes" else ""
            cells += [brief(float(x[f"{code}.p"])) for code in codes]
            cells.append(f"{late}knowledge ends {x['knowledge_ends']}")
        table.append(cells)
    say("\n".join(columns(f"rllll{'r' * len(codes)}l", table)))


def score(ledger: Ledger = LEDGER, as_json: o.AsJson = False) -> None:
    """Score the forecasts whose outcome is on record, against the base rates beside them.

    Example: negotiation ledger score
    """
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.ledger_text import scores_report
    from negotiation.hindcast.ledger import read
    from negotiation.hindcast.ledger_scores import score as scored

    found = scored(read(ledger))
    say(to_json(found) if as_json else scores_report(found))


def resolve(name: Id, outcome: Outcome, on: On, source: Source, ledger: Ledger = LEDGER) -> None:
    """Put on record what a decision came to, as a line of its own.

    Example: negotiation ledger resolve N1 extended_or_paused --on 2027-03-01 --source "Joint text"
    """
    from negotiation.hindcast.ledger import append, read
    from negotiation.hindcast.registering import now, resolution

    read(ledger)  # it must be there
    added = append(ledger, lambda lines: [resolution(lines, name, outcome, on, source, now())])
    say(f"{ledger}: line {added[0]['line']}: {name} came to {outcome} on {on}.")
