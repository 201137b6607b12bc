"""The project as a whole: one version, locks that fit, nothing that ties it to one machine."""

from __future__ import annotations

import ast
import json
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

DECLARED_AS = {
    "yaml": "pyyaml",
    "markdown_it": "markdown-it-py",
    "SALib": "salib",
    "sklearn": "scikit-learn",
}

LARGEST = 300_000  # bytes
# names of files that have to be larger, each with its reason
MAY_BE_LARGE: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """Return pyproject.toml as tables."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def committed(root: Path) -> list[Path]:
    """Return the files that git tracks."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout: there is no list of committed files")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return [path for name in listed.split("\0") if name and (path := root / name).is_file()]


def name_of(requirement: str) -> str:
    """Return the normalised name of the package that a requirement asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions a lock file pins, by package: several where Pythons differ."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE):
        found.setdefault(name_of(name), set()).add(version)
    return found


def text_of(path: Path) -> str:
    """Return a file's text, or nothing for a picture or a table in binary."""
    data = path.read_bytes()
    return "" if b"\0" in data[:8192] else data.decode("utf-8", errors="replace")


def test_one_version_everywhere(root: Path, project: dict[str, Any]) -> None:
    """The version is that of pyproject.toml, in the citation and in the metadata file too."""
    version = project["project"]["version"]
    citation = (root / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"^version: (\S+)$", citation, re.MULTILINE) == [version]
    assert json.loads((root / "codemeta.json").read_text("utf-8"))["version"] == version


def test_installed_version_is_the_projects(project: dict[str, Any]) -> None:
    """A package that states its version states that of pyproject.toml."""
    import negotiation

    stated = getattr(negotiation, "__version__", None)
    if stated is None:
        pytest.skip("the package states no __version__")
    assert stated == project["project"]["version"]


def test_locks_name_every_requirement(root: Path, project: dict[str, Any]) -> None:
    """Each requirement of the project, its tests and its documents is pinned in a lock file."""
    groups = project["dependency-groups"]
    build = groups["build"]
    run = project["project"]["dependencies"] + build
    plain = [entry for entry in groups["test"] if isinstance(entry, str)]
    for lock, asked in {
        "requirements.lock": run,
        "requirements-test.lock": run + plain,
        "requirements-docs.lock": groups["docs"],
        "requirements-lessons.lock": project["project"]["optional-dependencies"]["lessons"],
    }.items():
        missing = {name_of(requirement) for requirement in asked} - pins(root / lock).keys()
        assert not missing, f"{lock} lacks {sorted(missing)}: run `make lock`"


@pytest.mark.parametrize(
    "larger", [f"requirements-{name}.lock" for name in ("test", "docs", "lab", "lessons")]
)
def test_locks_agree(root: Path, larger: str) -> None:
    """Tests and documents are made with the very versions that the program runs with."""
    run, other = pins(root / "requirements.lock"), pins(root / larger)
    assert {name: other[name] for name in run.keys() & other.keys()} == {
        name: run[name] for name in run.keys() & other.keys()
    }


def test_what_two_locks_name_has_one_version(root: Path) -> None:
    """The tests' environment takes the lab's and the lessons' lock too: none undoes another."""
    locks = {name: pins(root / f"requirements-{name}.lock") for name in ("test", "lab", "lessons")}
    for name, other in (("test", "lessons"), ("lab", "lessons"), ("test", "lab")):
        both = locks[name].keys() & locks[other].keys()
        assert {k: locks[name][k] for k in both} == {k: locks[other][k] for k in both}, other


def test_peers_are_compared_with_what_the_tests_run_on(root: Path) -> None:
    """Whom we are measured beside is pinned, and all but pandas has the tests' version."""
    peers, test = pins(root / "requirements-peers.lock"), pins(root / "requirements-test.lock")
    asked = (root / "benchmarks/against/requirements.in").read_text("utf-8").splitlines()
    assert {name_of(line) for line in asked if not line.startswith("#")} <= peers.keys()
    run = pins(root / "requirements.lock").keys() & peers.keys()
    assert {name_of(n) for n in ("mesa", "numba", "numpy", "salib")} <= run
    other = {name for name in peers.keys() & test.keys() if not peers[name] <= test[name]}
    assert other <= {"pandas", "ema-workbench"}, "run `make lock`"


def test_tests_environment_holds_all_that_running_needs(root: Path) -> None:
    """`make odds` after `make test` has nothing to install."""
    run, test = pins(root / "requirements.lock"), pins(root / "requirements-test.lock")
    assert run.keys() <= test.keys()


@pytest.mark.parametrize("lock", ["", "-test", "-docs", "-lab", "-lessons", "-peers"])
def test_every_pin_is_hashed(root: Path, lock: str) -> None:
    """No package can be swapped for another of the same version."""
    entries = re.split(r"^(?=\w)", (root / f"requirements{lock}.lock").read_text(), flags=re.M)[1:]
    assert len(entries) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_import_is_declared(root: Path, project: dict[str, Any]) -> None:
    """The package imports nothing that installing it, with its extras, would not bring."""
    table = project["project"]
    asked = sum(table["optional-dependencies"].values(), table["dependencies"])
    declared = {name_of(requirement) for requirement in asked} | {"negotiation"}
    strangers = {
        f"{path.relative_to(root)}: {package}"
        for path in (root / "negotiation").rglob("*.py")
        for package in imported_packages(path)
        if package not in sys.stdlib_module_names
        and name_of(DECLARED_AS.get(package, package)) not in declared
    }
    assert strangers == set()


def imported_packages(path: Path) -> set[str]:
    """Return the top-level packages that a file imports, at its head or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_nothing_names_a_machine(root: Path, committed: list[Path]) -> None:
    """No committed file holds a path of somebody's machine or the address of a package registry."""
    homes = r"(?<![\w.~/-])/(?:work|root|opt|home/\w+|Users/\w+)/\w"
    hosts = ("py{}.org", "py{}hosted", "registry.npm{}", "deb.{}.org", "proxy.go{}.org")
    parts = ("pi", "thon", "js", "debian", "lang")  # apart, or this file would name them
    pattern = re.compile(
        "|".join([homes, *(h.format(p) for h, p in zip(hosts, parts, strict=True))])
    )
    found = [
        f"{path.relative_to(root)}: {match.group()}"
        for path in committed
        if (match := pattern.search(text_of(path)))
    ]
    assert found == []


def test_files_are_short(root: Path, committed: list[Path]) -> None:
    """A file of code has one idea: fewer than 600 lines. Tables of numbers are data, not code."""
    long = {
        str(path.relative_to(root)): lines
        for path in committed
        if path.suffix == ".py" and (lines := text_of(path).count("\n")) >= 600
    }
    assert long == {}


def test_files_are_small(root: Path, committed: list[Path]) -> None:
    """A clone stays quick: no file is larger than 300 kB, and results are three files each."""
    large = {
        str(path.relative_to(root)): size
        for path in committed
        if (size := path.stat().st_size) > LARGEST and path.name not in MAY_BE_LARGE
    }
    assert large == {}, "keep what is computed in out/ or results/, which git ignores"
    kept = {"findings.md", "findings.png", "summary.csv"}
    kept |= {"checks.json", "scores.json"}  # from which pages are made
    kept |= {"also_observed.json", "levels.json"}
    results = [path for path in committed if path.parent.parent == root / "results"]
    assert {p.name for p in results if p.parent.name != "benchmarks"} <= kept


def test_test_files_have_names_of_their_own(root: Path) -> None:
    """No two test files share a name, so that a report names one file only."""
    names = [path.name for path in (root / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_public_names_are_documented(project: dict[str, Any]) -> None:
    """Every name that the package offers says what it is."""
    import negotiation

    names = getattr(negotiation, "__all__", ())
    if not names:
        pytest.skip("the package pins no list of public names")
    silent = [
        name
        for name in names
        if callable(getattr(negotiation, name))
        and not (getattr(negotiation, name).__doc__ or "").strip()
    ]
    assert silent == []


def test_wheel_carries_the_data(
    root: Path, committed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is installed holds every committed file of the package: scenarios and tables too."""
    from hatchling.build import build_wheel

    monkeypatch.chdir(root)
    packed = set(zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))).namelist())
    ours = {path.relative_to(root).as_posix() for path in committed}
    assert {name for name in ours if name.startswith("negotiation/")} <= packed


def test_importing_the_package_is_quick(root: Path) -> None:
    """`import negotiation` brings in none of the libraries that take seconds to load."""
    slow = {"matplotlib", "mesa", "pandas", "scipy.stats", "typer"}
    code = "import sys, negotiation; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "negotiation" in loaded
    assert slow & set(loaded) == set()


def test_python_that_is_too_old_is_refused_in_one_sentence(root: Path, tmp_path: Path) -> None:
    """With no Python of the right age, make says so in one line, and leaves nothing behind."""
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    made = subprocess.run(
        ["make", "odds", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=root,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert made.returncode != 0
    assert made.stderr.splitlines()[0].startswith(f"'{old}' is not Python 3.11 or newer")
    assert not (tmp_path / "venv").exists()


def test_modules_do_not_import_in_circles() -> None:
    """Whoever reads a module can read what it needs first: imports for type checkers count too."""
    import grimp
    import networkx

    graph = grimp.build_graph("negotiation", cache_dir=None)
    imports = networkx.DiGraph(
        (module, imported)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    )
    circles = sorted(
        sorted(name.removeprefix("negotiation.") for name in group)
        for group in networkx.strongly_connected_components(imports)
        if len(group) > 1
    )
    assert circles == []


OPENING = "negotiation.rules.opening"
ROOM = ("blank", "empty", "full", "ndarray", "ones", "recarray", "zeros")  # what makes a record


def name_in(node: ast.expr) -> str:
    """Return the last part of a name, or nothing."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def opens_by_hand(source: str, rules: frozenset[str]) -> bool:
    """Return whether code sets up a negotiation itself: by a rule of the first day, or a record.

    Parameters
    ----------
    source : str
    rules : frozenset of str
        What :mod:`negotiation.rules.opening` defines, wherever it is imported from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import) and any(a.name == OPENING for a in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("negotiation"):
            names = {alias.name for alias in node.names}
            if node.module == OPENING or f"{node.module}.opening" == OPENING and "opening" in names:
                return True
            if names & rules:
                return True
        if isinstance(node, ast.Attribute) and node.attr in rules:
            return True
        if isinstance(node, ast.Call) and name_in(node.func) in ROOM:
            given = [*node.args, *(k.value for k in node.keywords)]
            if "TALKS" in map(name_in, given):
                return True
    return False


@pytest.fixture(scope="module")
def rules_of_opening(root: Path) -> frozenset[str]:
    """Return the names of the rules of the first day."""
    tree = ast.parse((root / "negotiation/rules/opening.py").read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_a_negotiation_is_opened_in_one_place(
    root: Path, committed: list[Path], rules_of_opening: frozenset[str]
) -> None:
    """Whoever plays, a test or a benchmark too, gets the first day from negotiation/table.py."""
    found = {
        path.relative_to(root).as_posix()
        for path in committed
        if path.suffix == ".py" and opens_by_hand(text_of(path), rules_of_opening)
    }
    assert found == {"negotiation/table.py"}


@pytest.mark.parametrize(
    "offender",
    [
        "from negotiation.rules.opening import work_out\n",
        "from negotiation.rules import offers, opening\n",
        "import negotiation.rules.opening as first\n",
        "from negotiation.table import open_talks\n",
        "from negotiation import table\ntable.draw_world(1)\n",
        "import numpy as np\ntalks = np.zeros(1, TALKS)\n",
        "import numpy as np\ntalks = np.empty((3,), dtype=state.TALKS)\n",
        "talks = blank(TALKS)\n",
    ],
)
def test_every_way_to_open_by_hand_is_seen(offender: str, rules_of_opening: frozenset[str]) -> None:
    """Whatever the rule is called through, and a record made empty; asking the table is allowed."""
    assert opens_by_hand(offender, rules_of_opening)
    allowed = "from negotiation.table import Table, open_run\nnumba.from_dtype(TALKS)\n"
    assert not opens_by_hand(allowed, rules_of_opening)


def test_what_is_not_counted_is_there(root: Path) -> None:
    """Each place that the count of lines leaves out is a folder, a file or a test of one."""
    for place in runpy.run_path(str(root / "conftest.py"))["UNCOUNTED"]:
        file, _, test = place.partition("::")
        assert (root / file).exists(), place
        assert not test or f"\ndef {test}" in (root / file).read_text("utf-8"), place
