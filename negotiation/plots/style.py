"""The look that all pictures share, and how a picture is saved.

Colours are those of Okabe and Ito, which colour-blind readers can distinguish; nothing is shown
by colour alone. The United States are blue and China is orange everywhere (not red, which
reads as "loss"). A figure is 8 inches wide: 1200 pixels in the PNG, and a page in print.

References
----------
Okabe and Ito 2008, "Color Universal Design".
"""

from __future__ import annotations

import io
import logging
import math
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np

from negotiation.words.changes import in_lines
from negotiation.words.language import data, joined, marked, tr
from negotiation.words.wrapping import wide, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from negotiation.scenario import Scenario

INK = "#222222"
MUTED = "#6b6b6b"
FAINT = "#d9d9d9"
SIDE_COLOUR = {"us": "#0072B2", "china": "#E69F00"}
SIDE_MARKER = {"us": "o", "china": "s"}
MAP = "cividis"  # rises evenly in lightness, so it survives grey print and colour blindness
WIDTH = 8.0  # inches
PROBABILITY = marked("probability")
ENDS = (".", "?", "!", "\N{IDEOGRAPHIC FULL STOP}", "\N{FULLWIDTH QUESTION MARK}")
DPI = 150
NAME_LETTERS = 44  # of the name of a row, before it is broken
PACKED = 3  # of 9: a third of the time that 6 takes, and 2% larger
TEXT = 10.0  # points
NARROWEST, STEPS, MOST_STEPS = 0.06, (0.01, 0.02, 0.05, 0.1, 0.2), 6  # of a probability axis

HOUSE: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": TEXT + 1,
    "axes.titleweight": "bold",
    "figure.autolayout": False,
    "figure.constrained_layout.h_pad": 0.1,
    "figure.constrained_layout.use": False,
    "figure.constrained_layout.w_pad": 0.1,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "font.size": TEXT,
    "text.parse_math": False,  # a dollar is a dollar: units such as "$ per $" are no formula
    "hatch.linewidth": 0.7,
    "legend.fontsize": TEXT - 1,
    "legend.frameon": False,
    "savefig.dpi": DPI,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "negotiation",
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": TEXT - 1,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": TEXT - 1,
}


NO_LETTER = r"Glyph \d+ .*missing from"
MORE_LETTERS = (  # of Chinese, Japanese and Korean, on Linux, Windows and macOS
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "Microsoft YaHei", "SimHei",
    "SimSun", "MS Gothic", "Malgun Gothic", "PingFang SC", "PingFang HK", "Heiti SC", "Heiti TC",
    "Hiragino Sans GB", "STHeiti", "Songti SC", "Apple SD Gothic Neo", "Arial Unicode MS",
)  # fmt: skip
BOXES = (
    "No font of this computer has all the letters of the pictures, and boxes stand in their place; "
    f"install one that has them, such as {MORE_LETTERS[0]}."
)


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style inside a ``with`` block or a decorated function only.

    Examples
    --------
    >>> before = mpl.rcParams["axes.spines.top"]
    >>> with house():
    ...     inside = mpl.rcParams["axes.spines.top"]
    >>> inside, mpl.rcParams["axes.spines.top"] == before
    (False, True)
    """
    look: Any = {**HOUSE, "font.family": fonts()}
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)  # a Chinese font without a bold face is no news to the reader
    try:
        with mpl.rc_context(look), warnings.catch_warnings():
            warnings.filterwarnings("ignore", NO_LETTER)  # `drawing` says it, once
            yield
    finally:
        log.setLevel(level)


@contextmanager
def drawing() -> Iterator[None]:
    """Write pictures in the house style, and warn once if boxes stand for letters in them."""
    with house(), warnings.catch_warnings(record=True) as heard:
        warnings.filterwarnings("always", NO_LETTER)
        yield
    if any(re.match(NO_LETTER, str(warning.message)) for warning in heard):
        warnings.warn(BOXES, stacklevel=3)


@contextmanager
def laid_out(figure: Figure) -> Iterator[None]:
    """Lay out a figure of ours once for all files of it, each of which would do so again.

    Examples
    --------
    >>> with house():
    ...     figure = canvas(None, 2.0).figure
    >>> with laid_out(figure):
    ...     inside = figure.get_layout_engine()
    >>> inside is None, figure.get_layout_engine() is None
    (True, False)
    """
    engine = figure.get_layout_engine()
    if engine is None or not figure.axes or figure.get_dpi() != DPI:  # the last: not of ours
        yield
        return
    engine.execute(figure)
    figure.set_layout_engine(None)
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


@cache
def fonts() -> list[str]:
    """Return the font that comes with matplotlib, so that letters are the same everywhere.

    After it come those of this machine that have the letters which it lacks.
    """
    from matplotlib.font_manager import fontManager

    here = {font.name for font in fontManager.ttflist}
    return ["DejaVu Sans", *(name for name in MORE_LETTERS if name in here)]


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, pyplot's, so that a notebook shows it, unless nothing can be shown.

    Where pictures go to files alone (``MPLBACKEND=Agg``) and the caller has no use for pyplot,
    it is not imported.

    Parameters
    ----------
    width, height : float
        Inches.
    """
    size: Any = {"figsize": (width, height), "layout": "constrained"}
    shown = str(mpl.get_backend(auto_select=False)).lower() != "agg"
    if not shown and "matplotlib.pyplot" not in sys.modules:
        from matplotlib.figure import Figure

        return Figure(**size)
    import matplotlib.pyplot as plt

    return plt.figure(**size)


def close(figure: Figure) -> None:
    """Let go of a figure: pyplot keeps its own until it is told."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def canvas(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    """Return the axes given, dressed in the house style, or those of a new figure.

    Parameters
    ----------
    ax : matplotlib Axes or None
        Where to draw.
    height, width : float
        Size of a new figure, inches.
    """
    if ax is None:
        ax = new_figure(width, height).add_subplot()
        ax.alone = True  # type: ignore[attr-defined]  # in a figure of ours
    # Axes that the caller made carry the caller's settings: text and ticks take them when made.
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["bottom", "left"]].set(color=MUTED, linewidth=0.8)
    ax.tick_params(labelsize=TEXT - 1, color=MUTED, labelcolor=INK, width=0.8, length=3.5)
    ax.set_axisbelow(True)
    return ax


def finish(
    ax: Axes, alt: str, *, title: str = "", x: str = "", y: str = "", pad: float = 10.0,
    scenario: Scenario | None = None,
) -> Axes:  # fmt: skip
    """Label the axes, attach what they show in words as ``alt_text``, and return them.

    A figure of ours says above it what ``scenario``, if given, sets otherwise than as shipped.
    """
    if title:
        ax.set_title(
            title, loc="left", fontsize=TEXT + 1, fontweight="bold", color=INK, pad=pad,
            y=1.0,  # no ticks are above; else it is looked for them at every measuring
        )  # fmt: skip
    ax.set_xlabel(x, fontsize=TEXT, color=INK)
    ax.set_ylabel(y, fontsize=TEXT, color=INK)
    ax.alt_text = alt  # type: ignore[attr-defined]
    changed = in_lines(scenario) if scenario is not None else []
    if scenario is not None and changed and getattr(ax, "alone", False):
        headed(ax, data(scenario.title), changed)
    return ax


def in_words(title: str, lines: Sequence[str] = ()) -> str:
    """Return a title and the lines below it as sentences.

    Examples
    --------
    >>> in_words("What drives the odds?", ["us.patience: 0.8, not 1"])
    'What drives the odds? us.patience: 0.8, not 1.'
    """
    return joined(
        *(
            text if text.endswith(ENDS) else tr("{this}.", this=text)
            for text in (title, *lines)
            if text
        )
    )


def headed(ax: Axes, title: str, lines: Sequence[str] = ()) -> Axes:
    """Put above a figure, and before its words, what it is about and what was changed."""
    head(ax, title, lines)
    ax.alt_text = f"{in_words(title, lines)} {ax.alt_text}"  # type: ignore[attr-defined]
    return ax


def head(ax: Axes, title: str, lines: Sequence[str] = ()) -> None:
    """Write above a figure what it is about and, smaller, what was changed.

    Parameters
    ----------
    ax : matplotlib Axes
        Of a figure of this package's making.
    title : str
    lines : sequence of str
        One thing each; long ones are broken.
    """
    from matplotlib.transforms import ScaledTranslation

    figure: Any = ax.figure
    large, left = TEXT + 2, 0.012
    titled = cut(title, int(9.9 * figure.get_figwidth()))
    broken = [part for line in lines for part in cut(line, int(14 * figure.get_figwidth()), "  ")]
    # The title holds room for the lines: constrained layout knows nothing but titles up there.
    room = [" "] * math.ceil(len(broken) * TEXT / large)
    taller = 1.2 * large * (len(titled) + len(room)) / 72
    figure.set_figheight(figure.get_figheight() + taller)
    figure.suptitle(
        "\n".join([*titled, *room]), x=left, ha="left", fontsize=large, fontweight="bold", color=INK
    )
    below = ScaledTranslation(0, -0.1 - 1.2 * large * len(titled) / 72, figure.dpi_scale_trans)
    figure.text(
        left, 1.0, "\n".join(broken), transform=figure.transFigure + below, va="top",
        fontsize=TEXT, color=MUTED, in_layout=False, gid="changed",
    )  # fmt: skip


def cut(text: str, width: int, later: str = "") -> list[str]:
    """Return a text in lines, Chinese between any two letters; ``later`` begins all but the first.

    Examples
    --------
    >>> cut("The truce is extended", 12), cut("休战延长九十天。", 12)
    (['The truce is', 'extended'], ['休战延长九十', '天。'])
    """
    if wide(text) == len(text):
        return textwrap.wrap(text, width, subsequent_indent=later)
    return wrapped(text, width, later=later)


def probability_axis(
    ax: Axes, which: str, label: str = PROBABILITY, shown: Sequence[float] = (0.0, 1.0)
) -> str:
    """Make an axis show probabilities, and return its label, which says whose they are.

    Parameters
    ----------
    ax : matplotlib Axes
    which : {"x", "y"}
    label : str
        Of what.
    shown : sequence of float
        What must fit on it: it ends at round numbers beyond these, by default 0 and 100%.
    """
    axis = ax.xaxis if which == "x" else ax.yaxis
    set_limits = ax.set_xlim if which == "x" else ax.set_ylim
    ticks = round_percents(min(shown), max(shown))
    set_limits(ticks[0], ticks[-1])
    axis.set_ticks(ticks, [f"{100 * tick:.0f}%" for tick in ticks])
    return tr("{label}, in this model", label=tr(label))


def round_percents(low: float, high: float) -> list[float]:
    """Return the ticks of an axis that holds some probabilities.

    Examples
    --------
    >>> round_percents(0, 1), round_percents(0.493, 0.552)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.49, 0.5, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56])
    """
    spare = max(NARROWEST - (high - low), 0.0) / 2  # a hair's breadth is not to fill a picture
    low, high = max(low - spare, 0.0), min(high + spare, 1.0)
    step = next(step for step in STEPS if (high - low) / step <= MOST_STEPS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 2) for k in range(first, last + 1)]


def grid(ax: Axes, which: str) -> None:
    """Draw faint lines to read values off one axis (``"x"`` or ``"y"``)."""
    ax.grid(axis=which, color=FAINT, linewidth=0.7)  # type: ignore[arg-type]


def rows(ax: Axes, names: Sequence[str], keys: Sequence[str] = ()) -> None:
    """Name the rows of a chart, the first at the top, without ticks but with lines to read off.

    Below each name, small, its key, if there are keys.
    """
    heights = np.arange(len(names) - 1, -1, -1)
    broken = ["\n".join(textwrap.wrap(name, NAME_LETTERS)) for name in names]
    ax.set_yticks(heights + (0.14 if keys else 0.0), broken)
    ax.tick_params(axis="y", length=0)
    if keys:
        lower = [0.14 - 0.26 * (1 + name.count("\n")) for name in broken]
        ax.set_yticks(heights + lower, keys, minor=True)
        ax.tick_params(
            axis="y", which="minor", length=0, labelsize=TEXT - 3, labelcolor=MUTED, pad=3.5
        )
    ax.set_ylim(-0.6, len(names) - 0.4)
    grid(ax, "x")


def key_below(ax: Axes, label: str = "", **options: Any) -> None:
    """Put the legend below the axis label, at a distance that does not grow with the axes."""
    pad = 4.6 + 1.4 * label.count("\n")
    ax.legend(
        **{
            "loc": "upper center", "bbox_to_anchor": (0.5, 0.0), "borderaxespad": pad,
            "numpoints": 2, "frameon": False, "fontsize": TEXT - 1, "columnspacing": 1.6, **options,
        }
    )  # fmt: skip


def save(figure: Figure, stem: str | Path, *, alt: str) -> list[Path]:
    """Write a figure as PNG and SVG, and what it shows in words as text.

    Parameters
    ----------
    figure : matplotlib Figure
        For axes from this package: ``axes.figure``.
    stem : str or Path
        Path without suffix; folders that are missing are made.
    alt : str
        What the picture shows, with its numbers: ``axes.alt_text``.

    Returns
    -------
    list of Path
        ``stem.png``, ``stem.svg``, ``stem.txt``.

    Notes
    -----
    The same figure gives the same bytes at any time: no dates are written, and the names
    inside the SVG come from a fixed salt.

    Examples
    --------
    >>> import tempfile
    >>> empty = new_figure(4.0, 3.0)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in save(empty, Path(folder) / "empty", alt="Nothing.")]
    ['empty.png', 'empty.svg', 'empty.txt']
    """
    from negotiation.errors import InputError
    from negotiation.printable import printable
    from negotiation.sweep.atomic import only_plain, write

    if not alt.strip():
        raise InputError("save: alt is empty; allowed: a text that says what the picture shows.")
    stem = Path(stem)
    stem.parent.mkdir(parents=True, exist_ok=True)
    png, svg, txt = (stem.with_name(f"{stem.name}.{end}") for end in ("png", "svg", "txt"))
    only_plain(png, svg, txt)
    alt, dots, drawn = printable(alt), io.BytesIO(), io.StringIO()
    with drawing(), laid_out(figure):
        figure.savefig(
            dots, format="png", dpi=DPI, metadata={"Software": None, "Description": alt},
            pil_kwargs={"compress_level": PACKED},
        )  # fmt: skip
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None, "Title": alt})
    write(png, dots.getvalue())
    write(svg, printable(drawn.getvalue()).encode())
    write(txt, f"{alt.rstrip()}\n".encode())
    return [png, svg, txt]
