"""Of which sources machine code is, and where it is kept.

Numba notices when the file of a function changes, not when a function that it calls does.
The rules call one another across files, so the folder of their machine code carries a hash
of all of the package's sources: change any rule and everything is compiled again, once.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from negotiation.folders import cache_folder

# What decides how a run ends and is compiled, but for what users choose: their strategies.
COMPILED = (
    "economy", "ensemble.py", "outcome.py", "payoffs", "randomness.py", "records.py", "rules",
    "solvers", "table.py", "tally.py",
)  # fmt: skip
# compiled in where rules use them
CONSTANTS = ("scenario/sections.py", "seats.py", "tactics/facts.py")
HOW = ("by_numba.py", "linking.py", "quick.py")


@cache
def numbas_version() -> bytes:
    """Return what says which version of Numba is installed, without importing it."""
    found = find_spec("numba")
    assert found is not None and found.origin is not None
    return (Path(found.origin).parent / "_version.py").read_bytes()


@cache
def sources_hash() -> str:
    """Return ten hexadecimal digits that change when any source file of the rules changes."""
    numbas = hashlib.sha256(numbas_version()).hexdigest()
    return digest_of(*COMPILED, *CONSTANTS, *HOW, ending=".py", beside=numbas)[:10]


def digest_of(*places: str, ending: str = "", beside: str = "") -> str:
    """Return the hexadecimal digest of files of the package, and of those in its folders.

    Examples
    --------
    >>> digest_of("tally.py") == digest_of("tally.py") != digest_of("tally.py", beside="1")
    True
    """
    package, digest = Path(__file__).parent, hashlib.sha256(beside.encode())
    for place in sorted(places):
        top = package / place
        for file in [top] if top.is_file() else sorted(top.rglob(f"*{ending}")):
            made_by_others = file.parent.name == "__pycache__" or file.name.startswith(".")
            if file.is_file() and not made_by_others:
                digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def machine_code_folder() -> Path:
    """Return the folder that holds the machine code of the present sources."""
    return cache_folder() / f"compiled-{sources_hash()}"
