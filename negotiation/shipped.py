"""The scenarios that come with the package: where they are, and what they are called."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "scenarios"


def shipped() -> list[str]:
    """Return the names of the scenarios that come with the package.

    Examples
    --------
    >>> "stockholm-2025" in shipped()
    True
    """
    return sorted(
        f.name.removesuffix(".toml") for f in FOLDER.iterdir() if f.name.endswith(".toml")
    )


def title(name: str) -> str:
    """Return the title of a shipped scenario, without reading it as one, which takes longer.

    Examples
    --------
    >>> title("split-the-pie")
    'Split the pie: one divisible issue, nothing else'
    """
    import tomllib

    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    try:  # it stands before the first table; to read the rest takes twenty times as long
        return str(tomllib.loads(text.partition("\n[")[0])["title"])
    except (tomllib.TOMLDecodeError, KeyError):
        return str(tomllib.loads(text)["title"])
