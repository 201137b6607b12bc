"""Machine code that is kept is called without Numba, and gives what Numba's own call gives."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

import negotiation
from negotiation import by_numba, machine_code, object_files, sources
from negotiation.beside import called_by
from negotiation.compiling import Compiled, compiled
from negotiation.ensemble import Ensemble
from negotiation.game import Game
from negotiation.sources import COMPILED

PAIR = np.dtype([("day", "f8"), ("count", "i8"), ("by_side", "f8", (2,))])
ON_LINUX = sys.platform == "linux"
alone = pytest.mark.skipif(not ON_LINUX, reason="object files are read on Linux alone")


class Both(NamedTuple):
    """Numbers and a record, as the rules are handed theirs."""

    numbers: np.ndarray
    record: np.ndarray


def added(x, y):
    """Return a sum."""
    return x + y


def opposite(truth):
    """Return the other truth value."""
    return not truth


def turned(key):
    """Return other bits."""
    return key ^ np.uint64(2**63)


def total(rows):
    """Return a sum that tells the first row from the others, and rows from columns."""
    found = 0.0
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            found += (i + 1) * (j + 3) ** 2 * rows[i, j]
    return found


def of_record(record):
    """Return what is in a record."""
    return record["day"] + record["count"] * record["by_side"][1]


def written(both, day):
    """Write into a record, and return nothing."""
    both.record[0].day = day
    both.record[0].count = len(both.numbers)


def of_nested(pairs):
    """Return a number from a tuple of tuples."""
    return pairs[0][0] - pairs[1][1].sum()


def refused(x):
    """Refuse what is negative."""
    if x < 0.0:
        raise ValueError("negative", 3)
    return x


def with_memory(n):
    """Make an array, which needs Numba's own memory."""
    return np.zeros(n).sum()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Have Numba compile a function, keep it, and return what a call without Numba comes to."""
    monkeypatch.setattr(sources, "machine_code_folder", lambda: tmp_path)

    def called(function: Any, *args: Any, first: tuple[Any, ...] | None = None) -> Any:
        monkeypatch.setattr(function, "__module__", "negotiation.as_if")
        made = by_numba.dispatcher(function, False)
        made(*(args if first is None else first))
        by_numba.keep(made, args if first is None else first)
        return machine_code.call(function, {}, args)

    return called


def table(order: str) -> np.ndarray:
    """Return some numbers, laid out in one of three ways."""
    numbers = np.arange(12.0).reshape(3, 4) + 0.5
    return {"C": numbers, "F": np.asfortranarray(numbers), "A": numbers[::2, ::-1]}[order]


@alone
@pytest.mark.parametrize(
    ("function", "args"),
    [
        (added, (2, -5)), (added, (2.5, -5.0)), (added, (np.float64(2.5), 1)),
        (added, (np.int64(3), 2.0)), (added, (True, 2)), (opposite, (True,)), (opposite, (False,)),
        (turned, (np.uint64(5),)), (total, (table("C"),)), (total, (table("F"),)),
        (total, (table("A"),)), (total, (np.zeros((0, 4)),)),
        (of_nested, (((1.5, 2), (3, table("C"))),)),
        (of_record, (np.array([(1.5, 4, (2.0, 3.0))], PAIR)[0],)),
    ],
)  # fmt: skip
def test_every_kind_of_argument_arrives(
    kept: Callable[..., Any], function: Any, args: tuple[Any, ...]
) -> None:
    """As the function without any compiler says; and what is returned is a number of Python's."""
    expected = function(*args)
    done, answer = kept(function, *args)
    assert done and answer == expected
    assert type(answer) in (int, float, bool)


@alone
def test_what_is_written_is_written_into_the_arguments(kept: Callable[..., Any]) -> None:
    """They are handed over and not copied; a row of records by its place."""
    both = Both(np.zeros(7), np.zeros(3, PAIR)[1:])
    assert kept(written, both, 2.5, first=(Both(np.zeros(1), np.zeros(1, PAIR)), 1.0)) == (
        True,
        None,
    )
    assert both.record[0]["day"] == 2.5 and both.record[0]["count"] == 7


@alone
def test_an_error_is_the_one_that_the_function_raises(kept: Callable[..., Any]) -> None:
    """With its arguments."""
    with pytest.raises(ValueError, match="negative") as caught:
        kept(refused, -1.0, first=(1.0,))
    assert caught.value.args == ("negative", 3)


@alone
def test_what_needs_numbas_memory_is_left_to_numba(kept: Callable[..., Any]) -> None:
    """Its code would ask for what is not there without Numba."""
    assert kept(with_memory, 3) == (False, None)


@alone
def test_another_kind_of_argument_is_another_code(kept: Callable[..., Any]) -> None:
    """A whole number is no float, a table by columns none by rows: Numba makes each its own."""
    assert kept(added, 1.0, 2, first=(1.0, 2.0)) == (False, None)
    assert kept(total, table("F"), first=(table("C"),)) == (False, None)
    read_only = table("C")
    read_only.flags.writeable = False
    assert kept(total, read_only, first=(table("C"),)) == (False, None)


@pytest.mark.parametrize("value", [2**63, "text", None, [1.0], np.int32(1), np.ma.ones(3)])
def test_what_only_numba_can_hand_over_is_left_to_it(value: Any) -> None:
    """And it says what is wrong, where something is."""
    assert machine_code.call(added, {}, (value, 1)) == (False, None)


@alone
@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
def test_a_damaged_file_is_passed_over(
    kept: Callable[..., Any], tmp_path: Path, damage: str
) -> None:
    """It is never run: a digest stands before it."""
    assert kept(added, 1, 2) == (True, 3)
    (file,) = (tmp_path / "alone").glob("*.code")
    good = file.read_bytes()
    bad = {
        "cut": good[:-40], "changed": good[:-40] + bytes(40), "empty": b"",
        "other": b'{"digest": 1}\n',
    }  # fmt: skip
    file.write_bytes(bad[damage])
    assert machine_code.call(added, {}, (1, 2)) == (False, None)
    file.write_bytes(good)
    assert machine_code.call(added, {}, (1, 2)) == (True, 3)


@alone
@pytest.mark.parametrize("left", [None, b"", b"damaged"])
def test_what_numba_has_kept_is_kept_again(
    kept: Callable[..., Any], tmp_path: Path, left: bytes | None
) -> None:
    """Else a lost file would have every process to come import Numba."""
    assert kept(added, 1, 2) == (True, 3)
    (file,) = (tmp_path / "alone").glob("*.code")
    good = file.read_bytes()
    file.unlink() if left is None else file.write_bytes(left)
    assert kept(added, 1, 2) == (True, 3)  # by another process, which Numba compiles nothing for
    assert file.read_bytes() == good


@alone
def test_a_missing_symbol_is_seen_before_it_is_needed(
    kept: Callable[..., Any], tmp_path: Path
) -> None:
    """LLVM would end the process."""
    assert kept(added, 1, 2) == (True, 3)
    (file,) = (tmp_path / "alone").glob("*.code")
    file.write_bytes(file.read_bytes().replace(b'"needs": [', b'"needs": ["no_such_symbol", ', 1))
    assert machine_code.call(added, {}, (1, 2)) == (False, None)


def test_no_other_file_is_taken_for_an_object_file() -> None:
    """As on systems with files of another kind."""
    with pytest.raises(ValueError, match="not an ELF file"):
        object_files.needed(b"MZ" + bytes(100))


def test_a_change_of_the_source_is_another_code(
    kept: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the function is none of the rules, of which the folder knows."""
    if ON_LINUX:
        assert kept(added, 1, 2) == (True, 3)
    monkeypatch.setattr(machine_code, "_read", lambda path: b"other text")
    assert machine_code.call(added, {}, (1, 2)) == (False, None)


def test_what_a_user_compiles_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it calls may change, and nothing says so."""
    monkeypatch.setattr(sources, "machine_code_folder", lambda: tmp_path)
    assert compiled(added)(1, 2) == 3
    assert not (tmp_path / "alone").exists()


AS_HERE = """
import sys, zlib
import numpy as np
from negotiation.ensemble import Ensemble
from negotiation.game import Game
rows = Ensemble("split-the-pie").rows(seed=3, first=0, count=40)
game = Game("split-the-pie", seed=3)
print(zlib.crc32(rows.tobytes()), game.point.kind, game.point.day, "numba" in sys.modules)
"""


@alone
def test_a_process_without_numba_plays_the_same_runs() -> None:
    """Bit for bit, and stops at the same decision, which the compiled rules tell by an error."""
    rows = Ensemble("split-the-pie").rows(seed=3, first=0, count=40)
    point = Game("split-the-pie", seed=3).point
    assert point is not None
    here = f"{zlib.crc32(rows.tobytes())} {point.kind} {point.day}"

    def elsewhere() -> str:
        code = [sys.executable, "-c", AS_HERE]
        return subprocess.run(code, capture_output=True, text=True, check=True).stdout.strip()

    assert elsewhere().startswith(here)  # by now it is kept, whoever compiled it
    assert elsewhere() == f"{here} False"


def vouched_for(module: str) -> bool:
    """Return whether a change of a module is a change of the folder of the machine code."""
    path = module.removeprefix("negotiation.").replace(".", "/")
    return any(path == at.removesuffix(".py") or path.startswith(f"{at}/") for at in COMPILED)


def test_what_is_kept_calls_only_what_the_folder_or_its_own_source_vouches_for() -> None:
    """Else a change there would leave old machine code in use."""
    found = 0
    for info in pkgutil.walk_packages(negotiation.__path__, "negotiation."):
        if info.name.split(".")[1] in ("lab", "lessons", "__main__"):  # their packages are extras
            continue
        for function in vars(import_module(info.name)).values():
            if isinstance(function, Compiled) and function.__module__ == info.name:
                found += 1
                others = {other.__module__ for other in called_by(function)} - {info.name}
                assert all(map(vouched_for, others)), function
    assert found > 400
