"""Where results come from: written beside them, so that anybody can trace and repeat them.

Everything that differs between two runs of the same sweep (times, versions, the command) is in
the manifest and nowhere else: the data files of the same sweep are the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shlex
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from negotiation.errors import FileProblems, InputError, MissingFile
from negotiation.sources import COMPILED, digest_of
from negotiation.sweep import atomic
from negotiation.sweep.blocks import Generation
from negotiation.sweep.design import Design, cell_key
from negotiation.sweep.manifest_form import Manifest
from negotiation.sweep.scores import SCORES
from negotiation.tally import OUTCOMES

NAME = "manifest.json"
SCHEMA = 3
# The sums in a summary that sweeps of earlier schemas did not keep.
LACKING = {1: ("cubes", *SCORES), 2: SCORES, SCHEMA: ()}
PACKAGES = ("negotiation", "numpy", "scipy", "numba", "pyarrow", "pydantic")
# What decides how a run ends: these packages, and the sources and data in these places of ours.
DECIDE = PACKAGES[:4]
PLACES = (*COMPILED, "scenario", "tactics")


def new(
    design: Design, *, seed: int, keep_rows: bool, shard: tuple[int, int] | None
) -> dict[str, Any]:
    """Return the manifest of a sweep that has not begun."""
    return {
        "schema": SCHEMA,
        "question": design.question,
        "scenario": {"name": design.scenario.name, "fingerprint": design.scenario.fingerprint},
        "constants": json.loads(cell_key(design.constants)),
        "seed": seed,
        "runs_per_world": design.runs_per_world,
        "keep_rows": keep_rows,
        "rules": [rules()],
        "outcomes": list(OUTCOMES),
        "shard": None if shard is None else list(shard),
        "complete": False,
        "generations": [],
        "sessions": [],
        "files": {},
    }


def describe(manifest: dict[str, Any], design: Design) -> None:
    """Put the design's own entries into its manifest."""
    manifest["design"] = {
        "fingerprint": design.fingerprint,
        "cells": len(design),
        "factors": {path: design.roles.get(path, "lever") for path in design.factors},
        "baseline": design.baseline,
    }


def generations(manifest: dict[str, Any]) -> list[Generation]:
    """Return what has been asked for so far."""
    return [Generation.from_dict(data) for data in manifest["generations"]]


def session(command: str | None = None) -> dict[str, Any]:
    """Return the record of a session that begins now: time, command, versions, commit."""
    return {
        "start": now(),
        "stop": None,
        "process": os.getpid(),
        "command": command or command_line(),
        "versions": {"python": platform.python_version(), **versions()},
        "platform": f"{platform.system()} {platform.machine()}",
        "git": commit(),
    }


def now() -> str:
    """Return the time, to the second, in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def command_line() -> str:
    """Return the command that this process was started with, without the folder of its program."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":  # python -m negotiation
        return shlex.join(["python", "-m", program.parent.name, *sys.argv[1:]])
    return shlex.join([program.name or "python", *sys.argv[1:]])


def versions() -> dict[str, str]:
    """Return the versions of the packages that results may depend on."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "unknown"
    return found


@cache
def rules() -> str:
    """Return twelve hexadecimal digits that change with the sources and data behind a run."""
    return digest_of(*PLACES)[:12]


def commit(folder: Path | None = None) -> dict[str, Any] | None:
    """Return the commit of the package's git checkout, and whether it was changed, if any."""
    folder = folder or Path(__file__).resolve().parents[2]
    if not (folder / ".git").exists():
        return None
    try:
        head = _git(folder, "rev-parse", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": head, "dirty": bool(changed)}


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=10,
    )
    return done.stdout.strip()


def write(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest atomically."""
    atomic.write(folder / NAME, json.dumps(manifest, indent=2).encode() + b"\n")


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a store.

    Raises
    ------
    MissingFile, FileProblems
        If there is none, or it is not one that this version reads.
    """
    path = folder / NAME
    if path.is_dir():
        problem = "it is a folder, not the manifest of a sweep; choose another folder."
        raise FileProblems(path, [problem])
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise FileProblems(path, ["it is no file; expected the manifest of a sweep."])
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise MissingFile(path, "the manifest of a sweep") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileProblems(path, [f"cannot be read ({reason})."]) from None
    except (ValueError, RecursionError):
        manifest = {}
    if not isinstance(manifest, dict) or "schema" not in manifest:
        raise FileProblems(path, ["not the manifest of a sweep."])
    if not isinstance(manifest["schema"], int) or manifest["schema"] not in LACKING:
        schema = manifest["schema"]
        raise FileProblems(path, [f"schema {schema!r}; this version reads schemas up to {SCHEMA}."])
    if manifest.get("outcomes") != list(OUTCOMES):
        problem = "written by a version that counts other outcomes; sweep into a new folder."
        raise FileProblems(path, [problem])
    try:
        Manifest.model_validate(manifest)
    except ValidationError as error:
        from negotiation.scenario.problems import sentences

        first = sentences(error, Manifest)[0]
        raise FileProblems(path, [f"not what a sweep has written: {first}"]) from None
    return manifest


def of_this_version(folder: Path, manifest: dict[str, Any], *, across: bool = False) -> None:
    """Raise InputError if a store can be read but not added to.

    Runs of two versions of the rules in one store would be compared as if they differed in their
    settings alone. With ``across`` they may, and the manifest keeps both.
    """
    if manifest["schema"] != SCHEMA:
        raise InputError(
            f"{folder} was written by an earlier version, which kept fewer sums: it can be read, "
            "but not gone on with or merged; choose another folder."
        )
    mine, there = versions(), dict[str, str]()
    for session in manifest["sessions"]:
        there |= {k: v for k, v in session["versions"].items() if k in DECIDE and v != mine[k]}
    if not across and (there or manifest.get("rules") != [rules()]):
        which = ", ".join(f"{name} {version}" for name, version in there.items())
        here = ", ".join(f"{name} {mine[name]}" for name in there)
        named = f" ({which}; here it is {here})" if there else " (its sources have changed since)"
        raise InputError(
            f"{folder} was played with another version of the rules{named}: choose another "
            "folder, or mix the two with --across-versions."
        )
    manifest["rules"] = sorted({*manifest.get("rules", ()), rules()})
