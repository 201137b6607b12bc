"""``negotiation sweep``: play a design, anywhere, and keep what came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from negotiation.sweep.results import Results

PLACE = 60

DesignFile = Annotated[Path, o.argument("DESIGN.toml", "What is tried, and how often.")]
Out = Annotated[
    Path | None, o.text("DIR", "Folder for the results; by default out/<name of the design>.")
]
Resume = Annotated[bool, o.flag("Go on with what is in the folder, or extend it.", "--resume")]
AcrossVersions = Annotated[
    bool, o.flag("Mix in one folder what two versions of the rules played.", "--across-versions")
]
Workers = Annotated[
    int | None,
    o.number("N", "Threads, or processes of a local cluster; by default one for each core."),
]
Cluster = Annotated[str | None, o.text("ADDRESS", "A Dask scheduler, tcp://HOST:PORT, or local.")]
Shard = Annotated[
    str | None, o.text("I/N", "Play only the I-th of N parts; see negotiation merge.")
]
DryRun = Annotated[bool, o.flag("Say how many runs, minutes and megabytes, and stop.", "--dry-run")]
UntilHalfwidth = Annotated[
    float | None, o.text("X", "Play on until every 95% interval is at most X to either side.")
]
Seed = Annotated[int | None, o.number("S", "Master seed instead of the design's.")]


def sweep(
    design: DesignFile,
    out: Out = None,
    resume: Resume = False,
    workers: Workers = None,
    cluster: Cluster = None,
    shard: Shard = None,
    until_halfwidth: UntilHalfwidth = None,
    seed: Seed = None,
    across_versions: AcrossVersions = False,
    dry_run: DryRun = False,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Play a design: many settings, all with the same random events.

    Example: negotiation sweep price.toml --dry-run
    """
    from negotiation.cli import files, sweep_text
    from negotiation.sweep import command

    o.within("--workers", 1 if workers is None else workers, 1, 4096)
    o.within("--seed", 0 if seed is None else seed, 0, 2**63 - 1)
    if dry_run:
        command.checked(
            design, resume=True, cluster=cluster, shard=shard, until_halfwidth=until_halfwidth
        )
        cost = command.dry_run(design, workers=workers)
        say(files.as_json(cost.to_dict()) if as_json else str(cost))
        return
    asked = {
        "out": out, "workers": workers, "cluster": cluster, "shard": shard,
        "until_halfwidth": until_halfwidth, "seed": seed,
    }  # fmt: skip
    if across_versions:
        asked["across_versions"] = True
    files.tables_wanted(csv, xlsx)
    results = play(design, asked, resume, quiet)
    if csv or xlsx:
        files.write_tables(csv, xlsx, results.sheets(), base=sweep_text.base_of(results))
    if as_json:
        say(files.as_json(sweep_text.as_data(results)))
    else:
        say(sweep_text.summary(results, what_next(design, asked, results)))


def play(design: Path, options: dict[str, Any], resume: bool, quiet: bool) -> Results:
    """Play the sweep with progress, and put the question beside its answer."""
    from negotiation.cli.exits import resumable
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep import command

    with resumable(again_command(design, options)):
        given = {name: options[name] for name in ("out", "cluster", "shard", "until_halfwidth")}
        asked, shard, _ = command.checked(design, resume=resume, **given)
        for remark in asked.design.remarks:
            say(remark, err=True)
        Ensemble(asked.design.scenario).compile()
        parts = 1 if shard is None else shard[1]
        with pace(max(1, asked.design.runs // parts), quiet=quiet) as progress:
            return command.run_sweep(design, resume=resume, progress=progress, **options)


def again_command(design: Path, options: dict[str, Any]) -> str:
    """Return the command that goes on with a sweep.

    Examples
    --------
    >>> again_command(Path("a b.toml"), {"out": Path("here"), "cluster": None, "seed": 7})
    "negotiation sweep 'a b.toml' --out here --seed 7 --resume"
    """
    return typed(design, options, resume=True)


def typed(design: Path, options: dict[str, Any], *, resume: bool) -> str:
    """Return the command that plays a sweep with these options."""
    words = ["sweep", o.place(design)]
    for name, value in options.items():
        option = f"--{name.replace('_', '-')}"
        words += [] if value is None else [option] if value is True else [option, str(value)]
    return o.typed(*words, *["--resume"] * resume)


def what_next(design: Path, options: dict[str, Any], results: Results) -> str:
    """Return what to type after a sweep; after a shard the next shard, after the last the merge.

    Nothing where there is no page to write, because every cell failed.
    """
    from negotiation.sweep.command import parse_shard
    from negotiation.sweep.manifest import NAME
    from negotiation.sweep.merging import finished, shard_folder

    assert results.folder is not None
    if options["shard"] is None:
        return report_on(results)
    parent, (_, of) = results.folder.parent, parse_shard(options["shard"])
    shards = []
    for i in range(1, of + 1):
        shards.append(shard_folder(parent, (i, of)))
        if not finished(shards[-1]):
            begun = (shards[-1] / NAME).exists()
            return typed(design, options | {"shard": f"{i}/{of}"}, resume=begun)
    others = len(list(parent.glob("shard-*-of-*"))) > of  # of a sweep cut otherwise
    places = [*shards, "--out", o.place(parent)] if others else [o.place(parent)]
    across = ["--across-versions"] if options.get("across_versions") else []
    return o.typed("merge", *map(str, places), *across)


def report_on(results: Results) -> str:
    """Return the command that writes the page of a sweep, if a cell of it was played."""
    assert results.folder is not None
    return o.typed("report", o.place(results.folder)) if results.runs.any() else ""
