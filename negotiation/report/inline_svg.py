"""A picture as part of a page: SVG inside the HTML, with what it shows in words."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def inline_svg(ax: Axes, prefix: str, alt: str) -> str:
    """Return a figure as SVG that may stand in an HTML page beside others.

    Parameters
    ----------
    ax : matplotlib Axes
        Of the figure.
    prefix : str
        Put before every name inside the picture: names must differ within a page.
    alt : str
        What it shows, for those who cannot see it.
    """
    from negotiation.plots import style
    from negotiation.printable import printable

    buffer = io.StringIO()
    figure: Any = ax.figure
    with style.drawing(), style.laid_out(figure):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return embedded(printable(buffer.getvalue()), prefix, printable(alt))


def embedded(svg: str, prefix: str, alt: str) -> str:
    """Return an SVG file's picture without its head, its names prefixed, its words attached.

    Lines are drawn to a hundredth of a point: more cannot be seen and takes room.

    Examples
    --------
    >>> svg = '<?xml version="1.0"?><svg width="5pt"><use xlink:href="#a"/><g id="a"/></svg>'
    >>> embedded(svg, "one", "a & b")
    '<svg role="img" aria-label="a &amp; b"><use xlink:href="#one-a"/><g id="one-a"/></svg>'
    """
    from html import escape

    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)  # it would style the page
    svg = re.sub(r'\bid="([^"]*)"', _Named(prefix), svg)
    svg = re.sub(r"(translate\(-?\d+\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r'\bd="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><")  # letters are shapes: no space is seen
    svg = re.sub(r'href="#', f'href="#{prefix}-', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
    head, end, rest = svg.partition(">")
    head = re.sub(r'\s(width|height)="[^"]*"', "", head)  # as wide as the page allows
    return f'{head} role="img" aria-label="{escape(" ".join(alt.split()))}"{end}{rest}'


def sharing_letters(svgs: list[str]) -> list[str]:
    """Return the pictures of a page with every letter's shape kept once, in the first that has it.

    Examples
    --------
    >>> letter = '<svg><defs><path id="{0}-A" d="M 1 1"/></defs><use xlink:href="#{0}-A"/></svg>'
    >>> one, two = (letter.format(name) for name in ("one", "two"))
    >>> sharing_letters([one, two])[1]
    '<svg><defs></defs><use xlink:href="#one-A"/></svg>'
    """
    homes: dict[str, str] = {}
    found = []
    for svg in svgs:
        used = set(re.findall(r'<use xlink:href="#([^"]*)"', svg))
        moved: dict[str, str] = {}

        def keep(shape: re.Match[str], used: set[str] = used, moved: dict[str, str] = moved) -> str:
            name, drawn = shape[1], shape[2]
            if name not in used or homes.setdefault(drawn, name) == name:
                return shape[0]
            moved[name] = homes[drawn]
            return ""

        svg = re.sub(r'<path id="([^"]*)" (d="[^"]*"(?: transform="[^"]*")?)/>\s*', keep, svg)
        for name, home in moved.items():
            svg = svg.replace(f'xlink:href="#{name}"', f'xlink:href="#{home}"')
        found.append(svg)
    return found


class _Named:
    """Prefix a name; number what occurs again, because a page has every name but once."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.seen: Counter[str] = Counter()

    def __call__(self, found: re.Match[str]) -> str:
        name = found[1]
        self.seen[name] += 1
        again = f"-{self.seen[name]}" if self.seen[name] > 1 else ""
        return f'id="{self.prefix}-{name}{again}"'
