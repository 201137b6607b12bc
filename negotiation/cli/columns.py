"""Rows of text as aligned columns: plain in a pipe, folded into the width of a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

ENDLESS = 10_000  # in a pipe or a file a row stays one line, however long


def columns(kinds: str, rows: Iterable[Sequence[str]], *, width: int | None = None) -> list[str]:
    r"""Return the lines of a table.

    Parameters
    ----------
    kinds : str
        A letter for each column: ``l`` text, which may be folded; ``r`` numbers, on the right.
    rows : iterable of sequences of str
        An indented first cell stays indented; cells that a row lacks are empty.
    width : int, optional
        That of the terminal if not given.

    Examples
    --------
    >>> print("\n".join(columns("lr", [("fruit", "kg"), ("  apples", "1,200"), ("  figs", "3")])))
    fruit        kg
      apples  1,200
      figs        3
    """
    listed = [list(row) for row in rows]
    if width is None:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else ENDLESS
    return unfolded(kinds, listed, width) or folded(kinds, listed, width)


def unfolded(kinds: str, rows: list[list[str]], width: int) -> list[str]:
    """Return the lines of a table of plain words that fits the width, else none: in no time."""
    from rich.cells import cell_len

    table = [[*row, *[""] * (len(kinds) - len(row))] for row in rows]
    if any(cell != cell.rstrip() or not cell.isprintable() for row in table for cell in row):
        return []
    sizes = [[cell_len(cell) for cell in row] for row in table]
    widest = [max(column) for column in zip(*sizes, strict=True)]
    if 0 in widest or sum(widest) + 2 * (len(kinds) - 1) > width:
        return []
    lines = []
    for row, own in zip(table, sizes, strict=True):
        cells = []
        for kind, cell, size, room in zip(kinds, row, own, widest, strict=True):
            spare = " " * (room - size)
            cells.append(spare + cell if kind == "r" else cell + spare)
        lines.append("  ".join(cells).rstrip())
    return lines


def folded(kinds: str, rows: list[list[str]], width: int) -> list[str]:
    """Return the lines of a table whose words are folded where it is wider than the terminal."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for kind in kinds:
        right = kind == "r"
        table.add_column(justify="right" if right else "left", no_wrap=right, overflow="fold")
    for first, *others in rows:
        indent = len(first) - len(first.lstrip())
        cell: Any = Padding(Text(first.lstrip()), (0, 0, 0, indent))
        table.add_row(cell, *(Text(other) for other in others))
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as printed:
        console.print(table)
    return [line.rstrip() for line in printed.get().splitlines()]
