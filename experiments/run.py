"""Play every experiment, write its report, its figures and what they say.

``python experiments/run.py [NAME ...] [--replicates N] [--out DIR]``. The runs stay in
``DIR/NAME/runs``, which git ignores; what is small goes to ``DIR/NAME``. Runs of an interrupted
call are kept and gone on with, unless the code or the design has changed since.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
STAMP = "made-from"
SMALL = (
    "manifest.json", "design.parquet", "summary.parquet", "amounts.parquet", "failures.parquet",
    "scenario.toml",
)  # fmt: skip
INTERRUPTED = 3
COMMAND = [str(Path(sys.executable).parent / "negotiation")]
WITHOUT = ("analysis", "cli", "hindcast", "interop", "plots", "report", "theory", "transcript")


def names() -> list[str]:
    """Return the experiments that are sweeps."""
    return sorted(path.parent.name for path in HERE.glob("*/sweep.toml"))


def digest(design: str) -> str:
    """Return a checksum of a design and of all code and data that its runs depend on."""
    found = hashlib.sha256(design.encode())
    package = ROOT / "negotiation"
    for path in sorted(package.rglob("*")):
        if path.relative_to(package).parts[0] in WITHOUT:
            continue
        if path.suffix in (".py", ".toml", ".json", ".csv", ".npz") and path.is_file():
            found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def design_text(name: str, replicates: int | None) -> str:
    """Return the design of an experiment, with another number of runs if asked for."""
    text = (HERE / name / "sweep.toml").read_text("utf-8")
    if replicates is None:
        return text
    return re.sub(r"(?m)^replicates = .*", f"replicates = {replicates}", text)


def played(name: str, out: Path, replicates: int | None) -> int:
    """Play an experiment and write what it says; return the exit code of what failed, or 0."""
    folder, store = out / name, out / name / "runs"
    text, tables = design_text(name, replicates), sorted((HERE / name).glob("*.csv"))
    made_from = digest(text + "".join(table.read_text("utf-8") for table in tables))
    stamp = store / STAMP
    if store.exists() and (not stamp.exists() or stamp.read_text("utf-8") != made_from):
        shutil.rmtree(store)
    store.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from, "utf-8")
    design = HERE / name / "sweep.toml"
    if replicates is not None:
        design = store / "sweep.toml"
        design.write_text(text, "utf-8")
        for table in tables:  # a design finds its cells beside it
            shutil.copy(table, store)
    code = called([*COMMAND, "sweep", shown(design), "--out", shown(store), "--resume"])
    if code:
        return code
    shutil.copy(HERE / name / "question.md", store)
    for file in SMALL:
        shutil.copy(store / file, folder)
    page = shown(folder / "report.html")
    return called([*COMMAND, "report", shown(store), "--out", page]) or called(
        [sys.executable, shown(HERE / name / "figures.py"), shown(folder)]
    )


def shown(path: Path) -> str:
    """Return a path as a command line has it, from the root of the checkout where it lies there."""
    path = path.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def called(command: list[str]) -> int:
    """Run a command from the root of the checkout, what it prints to standard output unseen."""
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """Play what is asked for; say what failed."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*names(), "hindcast"]))
    reader.add_argument("--replicates", type=int, help="runs of each cell, instead of the design's")
    reader.add_argument("--out", type=Path, default=ROOT / "results")
    asked = reader.parse_args()
    known = [*names(), "hindcast"]
    for name in asked.names:
        if name not in known:
            reader.error(f"no experiment {name!r}; allowed: {', '.join(known)}.")
    failed, began = [], time.monotonic()
    for name in asked.names or known:
        start = time.monotonic()
        print(f"== {name}", file=sys.stderr, flush=True)
        if name == "hindcast":  # no sweep: it tells what the record came to
            code = called([sys.executable, "experiments/hindcast/figures.py"])
        else:
            try:
                code = played(name, asked.out, asked.replicates)
            except OSError as error:
                print(f"{name}: {error}", file=sys.stderr)
                code = 1
        print(f"   {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        if code == INTERRUPTED:
            print("Interrupted; the same command goes on with it.", file=sys.stderr)
            return INTERRUPTED
        if code:
            failed.append(name)
    minutes = (time.monotonic() - began) / 60
    print(f"{minutes:.1f} minutes; failed: {', '.join(failed) or 'none'}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
