"""What a sweep answers, as a page of Markdown: sentences, tables, pictures, and a verdict.

The page belongs beside the results. What it says comes from a program that reads the sweep, so it
is written again whenever the sweep is played again, and no number on it is older than the results.
Single numbers are looked up by the settings that they belong to; none is typed by hand.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation import estimates
from negotiation.errors import InputError, UnknownName
from negotiation.estimates import Estimate
from negotiation.report import prose
from negotiation.report.cells import Cell, Change, cells_of
from negotiation.sweep.design import alike as alike
from negotiation.sweep.results import Results
from negotiation.words.changes import in_lines, stated
from negotiation.words.numbers import dollars, points, signed_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KEPT = "findings"  # the name of the first picture, which is kept beside the page
SUMMARY = ("first_deadline_extended", "summit_deal", "deal", "escalation")
VERDICTS = {True: "**No longer.**", False: "Stands.", None: "Open: the interval cannot tell."}
Settings = Mapping[str, Any]


class Answers:
    """What a sweep says about single questions.

    Parameters
    ----------
    results : Results

    Examples
    --------
    >>> import negotiation as ng
    >>> pie = ng.Scenario.load("split-the-pie")
    >>> design = ng.sweep.grid(pie, {"us.patience": [0.8, 0.9]}, replicates=100)
    >>> answers = Answers(ng.sweep(design, seed=1))
    >>> answers.odds("deal", {"us.patience": 0.9}).p
    1.0
    >>> change_text(answers.change("deal", {"us.patience": 0.9}))
    '0 points (-3 to +3)'
    """

    def __init__(self, results: Results) -> None:
        self.results = results

    @cached_property
    def cells(self) -> list[Cell]:
        """Every cell, with its odds and its changes to the baseline."""
        return cells_of(self.results)

    @cached_property
    def _means(self) -> dict[tuple[int, str], Estimate]:
        return {
            (row["cell"], row["quantity"]): Estimate(row["mean"], row["low"], row["high"])
            for row in self.results.means().to_pylist()
        }

    def cell(self, settings: Settings) -> Cell:
        """Return the only cell with these settings.

        Raises
        ------
        InputError
            If there is none, or more than one.
        """
        found = [
            cell
            for cell in self.cells
            if all(alike(cell.settings.get(name), value) for name, value in settings.items())
        ]
        if len(found) != 1:
            raise InputError(f"{len(found)} cells have {dict(settings)}; allowed: exactly one.")
        return found[0]

    def odds(self, outcome: str, settings: Settings | None = None) -> Estimate:
        """Return the odds of an outcome, averaged over all settings not named.

        Parameters
        ----------
        outcome : str
        settings : mapping, optional
            By dotted path; the baseline if not given.
        """
        if settings is None:
            return self.cells[self.results.baseline].odds[outcome]
        for row in self.results.odds(by=list(settings), outcomes=outcome).to_pylist():
            if all(alike(row[name], value) for name, value in settings.items()):
                return Estimate(row["share"], row["low"], row["high"])
        raise InputError(f"no cell has {dict(settings)}.")

    def change(self, outcome: str, settings: Settings) -> Change:
        """Return the odds of a cell less the baseline's, in pairs of runs."""
        return self.cell(settings).changes[outcome]

    def contrast(self, outcome: str, terms: Sequence[tuple[float, Settings]]) -> Change:
        """Return a weighted sum of the odds of cells whose weights add up to zero.

        Parameters
        ----------
        outcome : str
        terms : sequence of (float, mapping)
            Weights and settings, for instance ``[(1, there), (-1, here)]``.

        Notes
        -----
        Each cell's odds are taken less the baseline's, in pairs. All cells share their luck, so
        the standard error of the sum is at most the weighted sum of the standard errors
        (Cauchy-Schwarz): that is the interval, too wide if anything.
        """
        if abs(sum(weight for weight, _ in terms)) > 1e-9:
            raise InputError("contrast: the weights do not add up to zero.")
        total = half = 0.0
        for weight, settings in terms:
            cell = self.cell(settings)
            if cell.number == self.results.baseline:
                continue
            change = cell.changes[outcome]
            total += weight * change.difference
            half += abs(weight) * (change.high - change.low) / 2
        return Change(total, total - half, total + half, float("nan"))

    def mean(self, quantity: str, settings: Settings) -> Estimate:
        """Return the mean of a quantity in a cell, $bn."""
        key = (self.cell(settings).number, quantity)
        if key not in self._means:
            raise UnknownName("quantity", quantity, sorted({name for _, name in self._means}))
        return self._means[key]


def change_text(change: Change | Estimate) -> str:
    """Return a difference of odds, or of shares, with its interval.

    Examples
    --------
    >>> change_text(Change(0.1234, 0.12, 0.127, 2.0))
    '+12.3 points (+12.0 to +12.7)'
    """
    found, low, high = change[:3]
    return f"{points(found, low, high)} ({signed_interval(low, high)})"


def at_the_date(answers: Answers, settings: Settings) -> str:
    """Return what else than an extension became of the first deadline, in pairs with the baseline.

    A truce that is not extended has lapsed, or a deal came first: fewer extensions need not be bad.
    """
    lapsed, signed = (
        change_text(answers.change(name, settings))
        for name in ("first_deadline_lapsed", "first_deadline_deal")
    )
    return f"a lapse instead {lapsed}, a deal before the date {signed}"


def money_text(estimate: Estimate) -> str:
    """Return a mean amount in $bn with its interval.

    Examples
    --------
    >>> money_text(Estimate(-1.234, -1.3, -1.168))
    '-$1.23bn (-1.30 to -1.17)'
    """
    return f"{dollars(estimate.value, 2)} ({estimate.low:.2f} to {estimate.high:.2f})"


def clear(change: Change) -> bool:
    """Return whether a difference is clear: its interval leaves out zero."""
    return estimates.clear(change.low, change.high)


def at_most(found: Estimate | Change, bound: float = 0.0) -> bool | None:
    """Return whether a number is at most ``bound``; None if its interval cannot tell.

    Examples
    --------
    >>> [at_most(Estimate(0.5, low, high), 0.5) for low, high in ((0.6, 0.7), (0.4, 0.6), (0, 0.4))]
    [False, None, True]
    """
    return True if found.high <= bound else False if found.low > bound else None


def moved_by(change: Change, bound: float) -> bool | None:
    """Return whether a difference is of size ``bound`` or more; None if its interval cannot tell.

    Examples
    --------
    >>> [moved_by(Change(0, low, high, 1.0), 0.05) for low, high in ((-0.2, -0.1), (-0.01, 0.01))]
    [True, False]
    """
    if change.low >= bound or change.high <= -bound:
        return True
    return False if -bound < change.low and change.high < bound else None


def opposite(told: bool | None) -> bool | None:
    """Return whether something is not so; what cannot be told stays so.

    Examples
    --------
    >>> opposite(True), opposite(None)
    (False, None)
    """
    return None if told is None else not told


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
        from negotiation.plots import style

        alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
        first, self._pictured = not self._pictured, True
        style.save(ax.figure, self.folder / (KEPT if first else name), alt=alt)  # type: ignore[arg-type]
        style.close(ax.figure)  # type: ignore[arg-type]
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
        differs = "; ".join(in_lines(self.scenario))
        changed = f" It differs from the shipped one: {differs}." if differs else ""
        worlds = self.results.runs_per_world
        shared = ""
        if worlds > 1:
            shared = (
                f" {worlds} runs share each draw of the uncertain numbers; intervals allow for it."
            )
        lines = [
            f"# {title}", "",
            f"In this model: {cells:,} {'cell' if cells == 1 else 'cells'} of {each} runs of "
            f"{stated(self.scenario).removesuffix(' with:')}, seed {self.results.seed}.{changed}"
            f"{shared} Brackets hold 95% intervals over runs, which more runs narrow; differences "
            "are in pairs of runs. How far the odds move as the uncertain assumptions do is "
            "another question.", "",
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
