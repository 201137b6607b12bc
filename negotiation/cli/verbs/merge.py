"""``negotiation merge``: the shards of a sweep put together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.sweep import AcrossVersions, report_on

PLACE = 61

Folders = Annotated[
    list[Path], o.argument("DIR", "The sweep's folder, or the folders of its shards.")
]
Out = Annotated[
    Path | None, o.text("DIR", "Where to; by default the folder that the shards are in.")
]


def merge(
    folders: Folders,
    out: Out = None,
    across_versions: AcrossVersions = False,
    as_json: o.AsJson = False,
) -> None:
    """Put the shards of a sweep together, as if one machine had played it all.

    Example: negotiation merge out/price
    """
    from negotiation.cli import sweep_text
    from negotiation.cli.files import as_json as to_json
    from negotiation.sweep.command import beside, keep
    from negotiation.sweep.merging import merge as put_together

    into, shards = where(folders, out)
    found = sorted(into.glob("shard-*-of-*")) if shards is None else shards
    question = beside(found[0] / "design.toml", into) if found else {}
    results = put_together(into, shards, across_versions=across_versions)
    keep(question)
    if as_json:
        say(to_json(sweep_text.as_data(results)))
    else:
        say(sweep_text.summary(results, report_on(results)))


def where(folders: list[Path], out: Path | None) -> tuple[Path, list[Path] | None]:
    """Return the folder to merge into, and the shards (None: those in that folder).

    Examples
    --------
    >>> into, shards = where([Path("x/shard-001-of-002"), Path("x/shard-002-of-002")], None)
    >>> into.as_posix(), len(shards)
    ('x', 2)
    """
    from negotiation.errors import InputError, MissingFile

    for folder in folders:
        if out is not None and not folder.is_dir():
            raise MissingFile(folder, "the folder of a shard")
    named = [folder.name.startswith("shard-") for folder in folders]
    if len(folders) == 1 and not named[0]:
        shards = sorted(folders[0].glob("shard-*-of-*"))
        return (folders[0], None) if out is None else (out, shards or folders)
    parents = {folder.parent for folder in folders}
    if out is None and (len(parents) > 1 or not all(named)):
        raise InputError("the shards are not in one folder: say where to merge them with --out.")
    return out or parents.pop(), folders
