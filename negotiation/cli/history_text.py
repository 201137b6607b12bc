"""The tables of history as a page of text, as plain data, and as rows."""

from __future__ import annotations

from typing import Any

from negotiation.cli.columns import columns
from negotiation.history.resampling import DRAWS, SEED, Counted
from negotiation.history.tables import Table


def report(found: dict[str, Table], where: str) -> str:
    """Return what ``negotiation history`` prints."""
    lines = [f"What happened in past trade disputes: {where}."]
    for table in found.values():
        names = list(table.lines[0].values)
        rows = [["", "n", "disputes", *(key.replace("_", " ") for key in names)]]
        for line in table.lines:
            cells = [_shown(x, key not in table.amounts) for key, x in line.values.items()]
            rows.append([f"  {line.of}", str(line.n), f"{line.disputes}{'*' * line.few}", *cells])
        lines += ["", f"{table.title}:", *columns("lrr" + "r" * len(names), rows)]
    return "\n".join(
        [
            *lines,
            "",
            f"In brackets 95% intervals from whole disputes drawn again {DRAWS:,} times; none "
            "where all draws agree.",
            "* fewer than ten disputes: the intervals are too narrow.",
        ]
    )


def _shown(number: Counted, share: bool) -> str:
    def whole(x: float) -> str:
        return f"{100 * x:.0f}%" if share else f"{x:.3g}"

    ends = ""
    if number.low is not None and number.high is not None:
        ends = f" ({whole(number.low)}-{whole(number.high)})"
    return whole(number.value) + ends


def data(found: dict[str, Table], where: str) -> dict[str, Any]:
    """Return the tables as plain data."""
    return {
        "of": where,
        "draws": DRAWS,
        "seed": SEED,
        "level": 0.95,
        "tables": {
            name: {
                "title": table.title,
                "lines": [
                    {
                        "of": line.of,
                        "n": line.n,
                        "disputes": line.disputes,
                        "few": line.few,
                        "values": {key: vars(x) for key, x in line.values.items()},
                    }
                    for line in table.lines
                ],
            }
            for name, table in found.items()
        },
    }


def rows(found: dict[str, Table]) -> list[dict[str, Any]]:
    """Return a row for each number."""
    return [
        {
            "table": name,
            "of": line.of,
            "n": line.n,
            "disputes": line.disputes,
            "what": key,
            **vars(x),
        }
        for name, table in found.items()
        for line in table.lines
        for key, x in line.values.items()
    ]
