"""What a sweep answers, as a page of Markdown: sentences, tables, pictures, and a verdict.

The page belongs beside the results. What it says comes from a program that reads the sweep, so it
is written again whenever the sweep is played again, and no number on it is older than the results.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.report import prose
from negotiation.report.answers import Answers
from negotiation.sweep.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KEPT = "findings"  # the name of the first picture, which is kept beside the page
SUMMARY = ("first_deadline_extended", "summit_deal", "deal", "escalation")
VERDICTS = {True: "**No longer.**", False: "Stands.", None: "Open: the interval cannot tell."}


class Findings:
    """A page about a sweep, under way.

    Parameters
    ----------
    folder : path
        The results; ``findings.md``, ``summary.csv`` and pictures are written into it.
    question : path
        The question in Markdown; its first heading is the page's title.

    Attributes
    ----------
    results : Results
    scenario : Scenario
        The sweep's base.
    answers : Answers
    """

    def __init__(self, folder: str | Path, question: str | Path) -> None:
        from negotiation.sweep.store import stored_scenario

        os.environ.setdefault("MPLBACKEND", "Agg")
        self.folder, self.question = Path(folder), Path(question)
        self.results = Results.load(self.folder)
        self.scenario = stored_scenario(self.folder)
        self.answers = Answers(self.results)
        self._lines: list[str] = []
        self._verdicts: list[str] = []
        self._pictured = False

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self._lines += [text, ""]

    def points(self, *texts: str) -> None:
        """Add a list."""
        self._lines += [*(f"* {text}" for text in texts), ""]

    def table(self, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add a table; what is in the first column is a name, the rest are numbers."""
        self._lines.append(f"| {' | '.join(header)} |")
        self._lines.append(f"|---|{'---:|' * (len(header) - 1)}")
        self._lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
        self._lines.append("")

    def picture(self, ax: Axes, name: str, caption: str) -> None:
        """Save a picture as SVG, PNG and text and close it.

        The first is named ``findings`` and stands on the page; the others are named there.
        """
        import matplotlib.pyplot as plt

        from negotiation.plots import style

        alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
        first, self._pictured = not self._pictured, True
        style.save(ax.figure, self.folder / (KEPT if first else name), alt=alt)  # type: ignore[arg-type]
        plt.close(ax.figure)  # type: ignore[arg-type]
        if first:
            described = alt.replace("[", "(").replace("]", ")")
            self._lines += [f"![{described}]({KEPT}.png)", "", f"*{caption}*", ""]
        else:
            self._lines += [f"`{name}.png`, drawn by `make experiments`: {alt}", ""]

    def mind(self, claim: str, changed: bool | None, because: str) -> None:
        """Add whether something that was to change our mind has come about.

        Parameters
        ----------
        claim : str
            What we thought and what was to change our mind, as the question states it.
        changed : bool or None
            Whether it came about; None: the intervals are too wide to tell.
        because : str
            The numbers.
        """
        self._verdicts.append(f"* *{claim}* {VERDICTS[changed]} {because}")

    def text(self) -> str:
        """Return the page."""
        title = prose.title_of(self.question.read_text("utf-8"))
        runs, cells = self.results.runs, len(self.results.runs)
        each = f"{int(runs.min()):,}" if runs.min() == runs.max() else f"at least {runs.min():,}"
        lines = [
            f"# {title}", "",
            f"In this model, given these settings: {cells:,} {'cell' if cells == 1 else 'cells'} "
            f"of {each} runs of `{self.scenario.name}`, seed {self.results.seed}. Brackets hold "
            "95% intervals over runs; differences are in pairs of runs. No number of runs "
            "narrows what nobody knows about the settings.", "",
            *self._lines,
        ]  # fmt: skip
        if self._verdicts:
            lines += ["## Does it change our mind?", "", *self._verdicts, ""]
        lines.append(
            f"Written by `experiments/{self.question.parent.name}/figures.py` from the sweep; "
            "`make experiments` writes it again."
        )
        return "\n".join(lines) + "\n"

    def write(self) -> Path:
        """Write ``findings.md`` and ``summary.csv``; return the path of the page."""
        self.write_summary()
        path = self.folder / "findings.md"
        path.write_text(self.text(), encoding="utf-8")
        return path

    def write_summary(self) -> None:
        """Write the odds of every cell as one table, what it changes in its first column."""
        rows = self.results.odds(outcomes=SUMMARY).to_pylist()
        with (self.folder / "summary.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            ends = [f"{name}{end}" for name in SUMMARY for end in ("", "_low", "_high")]
            writer.writerow(["settings", "runs", *ends])
            for cell, runs in enumerate(self.results.runs):
                odds = rows[cell * len(SUMMARY) : (cell + 1) * len(SUMMARY)]
                changed = {name: odds[0][name] for name in self.results.factors}
                settings = "; ".join(f"{k} = {v}" for k, v in changed.items() if v is not None)
                shares = (row[end] for row in odds for end in ("share", "low", "high"))
                writer.writerow([settings, int(runs), *(f"{share:.4f}" for share in shares)])


def plain(table: Any, **names: dict[Any, str]) -> dict[str, list[Any]]:
    """Return an Arrow table as columns of plain values, some of them renamed.

    Parameters
    ----------
    table : pyarrow.Table
    names : dict
        For a column, dots written as underscores: what its values are called.

    Examples
    --------
    >>> import pyarrow as pa
    >>> plain(pa.table({"us.stance": ["[1, 0]"]}), us_stance={"[1, 0]": "dove"})
    {'us.stance': ['dove']}
    """
    columns = {name: table[name].to_pylist() for name in table.column_names}
    for name, values in columns.items():
        called = names.get(name.replace(".", "_"), {})
        columns[name] = [called.get(value, value) for value in values]
    return columns
