"""What past decisions teach of each number, as a page of text."""

from __future__ import annotations

from typing import Any

from negotiation.cli.columns import columns


def report(found: dict[str, Any]) -> str:
    """Return what ``negotiation calibrate`` prints."""
    pair, administration = found["of"] or ("", "")
    whose = f"{pair} under {administration}" if pair else "what all governments have in common"
    lines = [
        f"What {found['decisions']} decisions in {found['disputes']} disputes teach: {whose}.",
        f"{found['draws']:,} draws of the prior are worth {found['effective_draws']:.0f} of the "
        f"posterior; the chance that a pair is like the others is {found['alike']:.2f}, that an "
        f"administration is like its pair {found['alike_within']:.2f}.",
        "",
    ]
    table = [["", "prior 90%", "posterior 90%", "narrower", "moved", "mark", "unit"]]
    for name, entry in found["parameters"].items():
        spans = [
            f"{entry[part]['p5']:.2f} to {entry[part]['p95']:.2f}"
            for part in ("prior", "posterior")
        ]
        moved = [f"{entry['contraction']:.0%}", f"{entry['shift']:+.2f}"]
        table.append([name, *spans, *moved, entry["mark"], entry["unit"]])
    lines += [
        *columns("lrrrrll", table),
        "",
        "Narrower: by how much the standard deviation is less; moved: the mean, in standard "
        "deviations of the prior. What is moved by half of one or narrowed by a fifth is marked "
        "posterior, all else is a guess as before.",
    ]
    if strong := [pair for pair in found["correlations"] if abs(pair[2]) >= STRONG]:
        told = ", ".join(f"{a} and {b} {c:+.2f}" for a, b, c in strong)
        lines.append(f"Learned together (correlation): {told}.")
    lines.append(
        "A scenario takes them as a table of draws, correlations kept: "
        "negotiation scenario from-decision, with --learn from decisions of your own too."
    )
    return "\n".join(lines)


STRONG = 0.2  # correlations that are told
