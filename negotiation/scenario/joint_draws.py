"""Numbers that were learned together and are drawn together: a table beside a scenario file.

What history teaches of one number depends on the others: a side that is slow to give in may be so
because it counts the cost for little, or because giving in costs it much. A posterior is therefore
a table of draws, one line each, and not a range for each number. ``draws = "mine.csv"`` in a file
names such a table: its columns are settings, by their dotted paths, and an optional column
``weight`` says how likely each line is. In a run one line is drawn, and all its numbers with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from negotiation.errors import FileProblems
from negotiation.scenario.csv_text import content_of, lines_of

KEY = "draws"
WEIGHT = "weight"
MOST = 4096  # lines


def read(path: Path) -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    """Return the columns of a table of draws by path, and the weights of its lines.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong.
    """
    return parsed(
        content_of(path, "a table of draws (CSV) with a column for each setting"), str(path)
    )


def parsed(content: bytes, where: str) -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    r"""Return what :func:`read` does of the content of a table; ``where`` is its name in messages.

    Examples
    --------
    >>> parsed(b"us.patience,weight\n0.8,1\n0.9,3\n", "draws.csv")
    ({'us.patience': (0.8, 0.9)}, (0.25, 0.75))
    """
    header, rows, problems = lines_of(content, where, "draw")
    if len(rows) > MOST:
        problems.append(f"it has {len(rows):,} draws; allowed: up to {MOST:,}.")
    columns: dict[str, list[float]] = {name: [] for name in header}
    for line, cells in rows if not problems else ():
        for name in header:
            text = cells.get(name, "")
            try:
                number = float(text)
            except ValueError:
                number = float("nan")
            if not abs(number) < float("inf"):
                problems.append(f"line {line}, {name}: {text!r} is no number.")
            columns[name].append(number)
    if not problems and not set(header) - {WEIGHT}:
        problems.append("it has no column for a setting; expected dotted paths.")
    weights = columns.pop(WEIGHT, [1.0] * len(rows))
    if not problems and (min(weights) < 0.0 or sum(weights) <= 0.0):
        problems.append(f"{WEIGHT}: expected weights from 0 on, some above it.")
    if problems:
        raise FileProblems(where, problems)
    total = sum(weights)
    return {name: tuple(column) for name, column in columns.items()}, tuple(
        weight / total for weight in weights
    )


def numbers_of(
    columns: Mapping[str, tuple[float, ...]], weights: tuple[float, ...], source: str
) -> dict[str, dict[str, Any]]:
    """Return the numbers of a table by path, as plain data of a scenario; ``source`` names it.

    Examples
    --------
    >>> found = numbers_of({"us.patience": (0.8, 0.9, 1.0)}, (0.25, 0.5, 0.25), "draws.csv")
    >>> found["us.patience"]["value"], found["us.patience"]["distribution"]
    (0.9, 'draws')
    """
    about = {"mark": "posterior", "source": source}
    return {path: {**drawn(values, weights), **about} for path, values in columns.items()}


def drawn(values: tuple[float, ...], weights: tuple[float, ...]) -> dict[str, Any]:
    """Return a number that is drawn with others: its median, 5th and 95th percentile, and draws."""
    low, middle, high = (quantile(values, weights, p) for p in (0.05, 0.5, 0.95))
    return {
        "value": middle,
        "low": low,
        "high": high,
        "distribution": KEY,
        "values": list(values),
        "shape": list(weights),
    }


def quantile(values: tuple[float, ...], weights: tuple[float, ...], p: float) -> float:
    """Return the smallest value below or at which the draws have at least the weight ``p``.

    Examples
    --------
    >>> quantile((3.0, 1.0, 2.0), (0.2, 0.2, 0.6), 0.5)
    2.0
    """
    total = 0.0
    for value, weight in sorted(zip(values, weights, strict=True)):
        total += weight
        if total >= p - 1e-12:
            return value
    return max(values)
