"""HTML that all tabs share: escaped text, bars on a scale, dots, axes of small pictures.

The colours are those of :mod:`negotiation.plots`, by names that ``lab.css`` gives them in light
and in dark; nothing is shown by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from negotiation.words.numbers import readable


def tag(name: str, *inner: str, **attributes: object) -> str:
    """Return an element; ``class_`` is its class, an underscore in a name stands for a dash.

    What is inside is HTML already; what stands in attributes is escaped.

    Examples
    --------
    >>> tag("p", text("a < b"), class_="note", aria_label='"x"')
    '<p class="note" aria-label="&quot;x&quot;">a &lt; b</p>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inner)}</{name}>"


def text(words: object) -> str:
    """Return text as HTML."""
    return escape(str(words), quote=False)


def at(p: float) -> str:
    """Return a place on a scale from 0 to 1 as CSS has it.

    Examples
    --------
    >>> at(0.25), at(1.2)
    ('25.00%', '100.00%')
    """
    return f"{100 * min(max(p, 0.0), 1.0):.2f}%"


def band(low: float, high: float, class_: str) -> str:
    """Return a band between two places of a scale."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    width = at(max(high - low, 0.004))
    return f'<i class="{class_}" style="left:{at(low)};width:{width}"></i>'


def mark(p: float, class_: str) -> str:
    """Return a mark at a place of a scale."""
    return f'<i class="{class_}" style="left:{at(p)}"></i>'


def scale(*inner: str, ticks: Sequence[tuple[float, str]] = (), class_: str = "scale") -> str:
    """Return a scale with what lies on it; what it shows has to be said in words beside it."""
    told = "".join(f'<b style="left:{at(p)}">{text(words)}</b>' for p, words in ticks)
    return f'<div class="{class_}" aria-hidden="true">{"".join(inner)}{told}</div>'


PERCENTS = tuple((p / 100, f"{p}%") for p in (0, 25, 50, 75, 100))


def apportioned(shares: Sequence[float], dots: int) -> list[int]:
    """Return how many of so many dots each share gets, by largest remainders.

    Examples
    --------
    >>> apportioned([0.5, 0.3, 0.2], 5), apportioned([0.99, 0.01], 10)
    ([3, 1, 1], [10, 0])
    """
    exact = [share * dots / (sum(shares) or 1.0) for share in shares]
    found = [math.floor(x) for x in exact]
    rest = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in rest[: dots - sum(found)]:
        found[i] += 1
    return found


class Axes(NamedTuple):
    """A picture's frame: the numbers at its edges, and its size in units of the drawing."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float = 460.0
    height: float = 320.0

    @classmethod
    def around(cls, points: Iterable[Sequence[float]], pad: float = 0.07) -> Axes:
        """Return axes that hold some points."""
        known = [p for p in points if all(map(math.isfinite, p))] or [(0.0, 0.0)]
        ends = []
        for k in range(2):
            low, high = min(p[k] for p in known), max(p[k] for p in known)
            room = pad * (high - low) or 1.0
            ends.append((float(low - room), float(high + room)))
        return cls(ends[0], ends[1])

    def place(self, point: Sequence[float]) -> tuple[float, float]:
        """Return where a point lies in the drawing."""
        x = (point[0] - self.x[0]) / (self.x[1] - self.x[0]) * (self.width - 56) + 46
        y = (self.y[1] - point[1]) / (self.y[1] - self.y[0]) * (self.height - 48) + 10
        return round(min(max(float(x), -99.0), 999.0), 1), round(
            min(max(float(y), -99.0), 999.0), 1
        )

    def line(self, points: Iterable[Sequence[float]], class_: str) -> str:
        """Return a line through points."""
        told = " ".join("{},{}".format(*self.place(p)) for p in points)
        return f'<polyline class="{class_}" points="{told}"/>'

    def dot(self, point: Sequence[float], class_: str, shape: str = "o", size: float = 6.0) -> str:
        """Return a mark at a point: ``o``, ``s`` (a square), ``x``, ``+``, ``d`` or ``*``."""
        x, y = self.place(point)
        r = size
        if shape == "o":
            return f'<circle class="{class_}" cx="{x}" cy="{y}" r="{r}"/>'
        paths = {
            "s": f"M{x - r},{y - r}h{2 * r}v{2 * r}h{-2 * r}z",
            "d": f"M{x},{y - r}l{r},{r}l{-r},{r}l{-r},{-r}z",
            "x": f"M{x - r},{y - r}l{2 * r},{2 * r}M{x - r},{y + r}l{2 * r},{-2 * r}",
            "+": f"M{x - r},{y}h{2 * r}M{x},{y - r}v{2 * r}",
            "*": star(x, y, r),
        }
        return f'<path class="{class_}" d="{paths[shape]}"/>'

    def drawn(self, *inner: str, label: str, x: str, y: str, id_: str = "") -> str:
        """Return the picture with its axes, and what it shows in words."""
        ticks = []
        for k, (low, high) in enumerate((self.x, self.y)):
            for value in round_numbers(low, high):
                px, py = self.place((value, self.y[0]) if k == 0 else (self.x[0], value))
                where = (
                    f'x="{px}" y="{self.height - 24}" text-anchor="middle"'
                    if k == 0
                    else f'x="41" y="{py + 4}" text-anchor="end"'
                )
                ticks.append(f"<text {where}>{readable(value)}</text>")
        left, bottom = self.place((self.x[0], self.y[0]))
        frame = f'<path class="frame" d="M{left},10V{bottom}H{self.width - 10}"/>'
        names = (
            f'<text class="axis" x="{self.width / 2}" y="{self.height - 5}" '
            f'text-anchor="middle">{text(x)}</text>'
            f'<text class="axis" transform="translate(11 {self.height / 2 - 12}) rotate(-90)" '
            f'text-anchor="middle">{text(y)}</text>'
        )
        size = f'viewBox="0 0 {self.width:g} {self.height:g}"'
        body = f"{frame}{''.join(ticks)}{''.join(inner)}{names}"
        return f'<svg class="picture" {size} role="img" aria-label="{escape(label)}">{body}</svg>'


def star(x: float, y: float, r: float) -> str:
    """Return the path of a star with five points."""
    corners = [
        (x + s * math.sin(k * math.pi / 5), y - s * math.cos(k * math.pi / 5))
        for k, s in enumerate([r, r * 0.45] * 5)
    ]
    return "M" + "L".join(f"{a:.1f},{b:.1f}" for a, b in corners) + "z"


def round_numbers(low: float, high: float, most: int = 6) -> list[float]:
    """Return the round numbers between two ends, at most so many.

    Examples
    --------
    >>> round_numbers(-3.2, 14.9), round_numbers(0, 1)
    ([0.0, 5.0, 10.0], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    """
    size = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(n * size for n in (1, 2, 5, 10, 20) if (high - low) / (n * size) < most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [float(f"{k * step:.10g}") + 0.0 for k in range(first, last + 1)]


def key(*entries: tuple[str, str, str]) -> str:
    """Return a legend: the class, the shape and the words of each entry."""
    axes = Axes((0, 1), (0, 1))
    told = []
    for class_, shape, words in entries:
        if shape == "-":
            drawn = f'<path class="{class_}" d="M1,9H25"/>'
        else:
            x, y = axes.place((0.0, 0.0))
            drawn = f'<g transform="translate({13 - x:.1f} {9 - y:.1f})">'
            drawn += axes.dot((0.0, 0.0), class_, shape) + "</g>"
        swatch = f'<svg viewBox="0 0 26 18" width="26" height="18" aria-hidden="true">{drawn}</svg>'
        told.append(f"<li>{swatch}{text(words)}</li>")
    return f'<ul class="key">{"".join(told)}</ul>'
