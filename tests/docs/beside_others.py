"""The part of the page of speed about other libraries, from what `make bench-peers` measured."""

from __future__ import annotations

from typing import Any

from measurements import measured


def spread(row: dict[str, Any]) -> str:
    """Return a ratio with the least and the most of the rounds."""
    ratio, least, most = (times(row[k]) for k in ("ratio", "least", "most"))
    return f"{ratio} ({least} to {most})"


def times(ratio: float) -> str:
    """Return a ratio to two digits, or to a whole.

    Examples
    --------
    >>> times(0.01568), times(3.14), times(197.3)
    ('0.016', '3.1', '197')
    """
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def beside_others() -> list[str]:
    """Return the tables of who takes how long on the same questions."""
    peers = measured("peers")
    rows = peers["runs"]["rows"]
    lines = [
        f"Beside other libraries, medians of {rows[0]['rounds']} rounds in turn; ratios are theirs "
        "over ours, with the least and the most of the rounds:",
        "",
        "| what | theirs | ours | ratio |",
        "|---|---|---|---|",
    ]
    for row in rows:
        theirs, ours = 1e3 * row["theirs_s"], 1e3 * row["ours_s"]
        lines.append(f"| {row['what']} | {theirs:.3g} ms | {ours:.3g} ms | {spread(row)} |")
    checked = [row["checked"] for row in rows if "checked" in row]
    runs = " and ".join(f"{row['runs']:,}" for row in checked)
    off = max(row["off"] for row in checked)
    lines += [
        "",
        f"NumPy's {runs} runs end as ours do, on the same days, each; what is signed and what it "
        f"brings differs by {off:.0e} at most.",
        "",
        *drivers(peers["sensitivity"]),
        "",
        *games(peers["games"]),
        "",
        *floor(peers["floor"]),
        "",
        measured_with(peers),
    ]
    return lines


def drivers(found: dict[str, Any]) -> list[str]:
    """Return how far everybody's answer to what drives the odds is off, and how long it takes."""
    about = found["reference"]
    lines = [
        f"What share of the variance of the odds of an extension {len(found['numbers'])} numbers "
        f"of {found['scenario']} explain, alone and in all: medians of "
        f"{found['rows'][0]['rounds']} rounds with seeds of their own, and how far the shares are "
        "off, as root mean squares:",
        "",
        "| who | points | runs | takes | times ours | alone, off by | in all, off by |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in found["rows"]:
        off = " | ".join(
            f"{row['off'][m]:.3f} ({min(row['off_by_round'][m]):.3f} to "
            f"{max(row['off_by_round'][m]):.3f})"
            for m in ("S1", "ST")
        )
        lines.append(
            f"| {row['who']} | {row['points']} | {row['runs']:,} | {row['theirs_s']:.2f} s | "
            f"{spread(row) if row['who'] != 'ours' else ''} | {off} |"
        )
    nothing = 1e3 * found["experiment_of_nothing_s"]
    lines += [
        "",
        f"The reference comes from {about['runs']:,} runs at {about['points']} points and may be "
        f"off by {about['chance']:.3f} itself. An experiment with a model that does nothing costs "
        f"ema-workbench {nothing:.2f} ms.",
    ]
    return lines


def games(found: dict[str, Any]) -> list[str]:
    """Return how long everybody takes to find all equilibria, and how many are found."""
    names = list(dict.fromkeys(row["who"] for row in found["rows"]))
    lines = [
        f"All equilibria of {found['games']} random games: milliseconds a game and times ours, "
        "with the least and the most of the rounds; then how many were found:",
        "",
        f"| game | {' | '.join(names)} |",
        "|---" * (1 + len(names)) + "|",
    ]
    for size in dict.fromkeys(row["size"] for row in found["rows"]):
        cells = [
            f"{1e3 * row['theirs_s']:.2f}"
            + (f", {spread(row)}" if row["who"] != "ours" else "")
            + f"; {row['found']}"
            for row in found["rows"]
            if row["size"] == size
        ]
        lines.append(f"| {size} by {size} | {' | '.join(cells)} |")
    return lines


def floor(found: dict[str, Any]) -> list[str]:
    """Return what cannot be saved."""
    imports = ", ".join(f"{k} {row['theirs_s']:.2f} s" for k, row in found["imports"].items())
    drawn = [
        f"a run of {row['scenario']} draws {row['numbers']:,.0f} numbers, "
        f"{1e6 * row['drawing_s']:.2f} of its {1e6 * row['run_s']:.1f} microseconds: it takes "
        f"{spread(row)} times as long"
        for row in found["draws"]
    ]
    return [f"The floor: {imports}; {'; '.join(drawn)}."]


def measured_with(peers: dict[str, Any]) -> str:
    """Return on what, and with which versions."""
    about, versions = peers["about"], peers["versions"]
    used = ", ".join(f"{name} {version}" for name, version in versions.items())
    busy = f", of which others kept {about['others_busy']:.1f} busy"
    return (
        f"Measured on {about['cores']} cores ({about['machine']})"
        f"{busy if about['machine_was_shared'] else ''}, with Python {about['python']}, {used}."
    )
