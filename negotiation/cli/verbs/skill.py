"""``negotiation skill``: what forecasts of past decisions are worth, against rivals that learn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 76

Rows = Annotated[
    Path | None,
    o.text("FILE|DIR", "Score decisions of your own, learning from the shipped ones too."),
]
Everyone = Annotated[
    bool, o.flag("Every sender and every year, not only the US since 2017.", "--all")
]
Second = Annotated[
    bool,
    o.flag("Read outcomes as a reasonable reader may read them otherwise.", "--second-reading"),
]
Model = Annotated[
    Path | None,
    o.text("FILE", "Forecasts of another model to score (CSV): id and the five probabilities."),
]
Permutations = Annotated[
    int,
    o.number("N", "Fit every rival anew to N sets of permuted outcomes; 2,000 take an hour."),
]
Out = Annotated[
    Path | None, o.text("DIR", "Folder for the answer as JSON and every forecast as a table.")
]


def skill(
    rows: Rows = None,
    everyone: Everyone = False,
    second: Second = False,
    model: Model = None,
    permutations: Permutations = 0,
    out: Out = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Score forecasts of past decisions: base rates, a logit, boosted trees, a model of your own.

    Example: negotiation skill --json
    """
    from negotiation.cli import files, skill_text
    from negotiation.cli.pace import pace
    from negotiation.history import reading
    from negotiation.skill import given_rows, splits, trees, whole
    from negotiation.skill.of_the_model import models
    from negotiation.sweep.spreadsheet import table_of
    from negotiation.sweep.whose import same_question

    o.within("--permutations", permutations, 0, 100_000)
    files.tables_wanted(csv, xlsx)
    chosen, asked, where = whole.main_rows(None, everyone), None, reading.SHIPPED
    if rows is not None:
        chosen, asked = whole.pooled(reading.load(rows), everyone)
        where = str(rows)
    given = given_rows.load(model) if model else None
    about = {"of": where, "set": whole.SETS[everyone], "model": str(model) if model else None}
    about |= {"reading": "second" if second else "first"}
    if out is not None:
        files.tables_wanted(out / "forecasts.csv", None)
        same_question(out / "skill.json", about, lambda told: {k: told[k] for k in about})
    many = len(whole.rivals(trees.available()))
    ours = 1 if given else len(models(chosen, whole.ASKED[0]))
    total = whole.steps(chosen, asked, many + ours)
    total += many * splits.PARTS * bool(permutations)
    with pace(total, what="forecasts", quiet=quiet) as done:
        found: dict[str, Any] = about | whole.skill(
            chosen, asked=asked, second=second, model=given, progress=done
        )
        if permutations:
            found["refitted"] = whole.refits(
                chosen, second=second, times=permutations, progress=done
            )
    table = {"scores": table_of(skill_text.rows(found))}
    each = found.pop("forecasts")
    answer = files.as_json(found) if as_json else skill_text.report(found)
    with files.or_said(lambda: answer):
        if csv or xlsx:
            files.write_tables(csv, xlsx, table)
        if out is not None:
            files.write_tables(out / "forecasts.csv", None, {"forecasts": table_of(each)})
            files.write_json(out / "skill.json", found)
    say(answer)
