"""Runs that are played while the program is still being imported.

A command spends its first half second on one core: imports, the scenario, its records. The next
command about the same scenario has another core begin with the first runs meanwhile. What they are
played from is kept in a file: what compiled code is handed (numbers, how they are drawn, the trade
surface), and where the machine code is. For these neither the scenario nor NumPy has to be there.

Nothing of it counts before the scenario has been opened as ever and found to be the same: the same
machine code, and arrays equal to the last bit. Then these are the runs that would be played now;
else they are forgotten.
"""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.folders import cache_folder, replacing
from negotiation.object_files import I8, POINTER, array_kinds, as_array, function_in, processor

MARK = b"negotiation head start 1\n"
APART = 64  # bytes: each array begins at a multiple
MOST = 16  # files that are kept, of some 2 MB each
SEED, FIRST, COUNT = NUMBERS = ("seed", "first", "count")  # which differ from lot to lot

_begun: list[HeadStart] = []


class Question(NamedTuple):
    """A call of compiled code that plays a lot of runs.

    Attributes
    ----------
    code : Path or None
        Where its machine code is kept, if it is.
    rules : dict of int to (Path or None)
        Where that of the sides' rules is kept: in the first array stands, so many bytes from its
        beginning, the address at which it lies in this process.
    given : tuple
        Its arguments but the last, arrays and numbers; those of the lot by name, as in ``NUMBERS``.
    seed, first, count : int
        Which runs.
    room : tuple of ndarray
        Its last arguments, which it writes into.
    """

    code: Path | None
    rules: dict[int, Path | None]
    given: tuple[Any, ...]
    seed: int
    first: int
    count: int  # type: ignore[assignment]  # a tuple's own `count` is not asked
    room: tuple[Any, ...]


class Lot:
    """A lot of runs: once it is ``done``, ``room`` has what was written, or is empty."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.room: tuple[Any, ...] = ()


class HeadStart:
    """The first runs of a scenario, played beside all else.

    Parameters
    ----------
    kept : bytes
        What :func:`keep` wrote.
    seed : int
        Of the runs.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is damaged.
    """

    def __init__(self, kept: bytes, seed: int) -> None:
        digest, _, rest = kept.removeprefix(MARK).partition(b"\n")
        head, _, self.arrays = rest.partition(b"\n")
        if not kept.startswith(MARK) or digest.decode() != sha256(rest):
            raise ValueError("not a whole file of a head start")
        self.about: dict[str, Any] = json.loads(head)
        self.seed, self.count, self.lots = seed, self.about["count"], self.about.pop("lots")
        self.lock = threading.Lock()
        self.played: dict[int, Lot] = {}  # or being played, by the first run
        self.asked = False  # for one of them: whoever asks plays the others

    def play(self) -> None:
        """Play lot after lot, until one is asked for."""
        if self.about["processor"] != processor():  # of another computer: it may not know the code
            return
        function = function_in(Path(self.about["code"]))
        if function is None:
            return
        memory = ctypes.create_string_buffer(self.arrays, len(self.arrays))
        for at, path in self.about["rules"].items():
            rule = function_in(Path(path))
            if rule is None:
                return
            ctypes.c_double.from_buffer(memory, int(at)).value = rule.address
        for first in range(0, self.lots * self.count, self.count):
            with self.lock:
                if self.asked:
                    return
                lot = self.played[first] = Lot()
            try:
                lot.room = self._played(function.address, memory, first)
            finally:
                lot.done.set()

    def _played(self, address: int, memory: Any, first: int) -> tuple[Any, ...]:
        numbers = {SEED: self.seed, FIRST: first, COUNT: self.count}
        room = tuple(ctypes.create_string_buffer(size) for size in self.about["room"])
        places = iter(map(ctypes.addressof, room))
        kinds: list[Any] = [POINTER, POINTER]
        out: list[Any] = []
        for given in self.about["given"]:
            if not isinstance(given, list):
                kinds.append(I8)
                out.append(numbers.get(given, given))
                continue
            at, items, size, shape, strides = given
            place = next(places) if at is None else ctypes.addressof(memory) + at
            kinds += array_kinds(len(shape))
            out += as_array(items, size, place, shape, strides)
        enter: Any = ctypes.CFUNCTYPE(ctypes.c_int32, *kinds)(address)
        answer, error = POINTER(), POINTER()
        failed = enter(ctypes.addressof(answer), ctypes.addressof(error), *out)
        return () if failed else room

    def is_of(self, asked: Question) -> bool:
        """Return whether what is asked for are such lots; where they are others, end with these."""
        same = described(asked) == (self.about, self.arrays)
        with self.lock:
            self.asked |= not same and asked.count == self.count
        return same and asked.seed == self.seed

    def gives(self, first: int, room: tuple[Any, ...]) -> bool:
        """Write into ``room`` the lot that begins so, if it was begun; return whether it was."""
        with self.lock:
            self.asked = True
            lot = self.played.pop(first, None)
        if lot is None:
            return False
        lot.done.wait()
        for array, written in zip(room, lot.room, strict=False):
            ctypes.memmove(array.ctypes.data, written, array.nbytes)
        return bool(lot.room)


def sha256(data: bytes | bytearray) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(data).hexdigest()


def place_of(*asked: object) -> Path | None:
    """Return where it is kept what the first runs of a question are played from.

    None without a folder.
    """
    with suppress(RuntimeError):  # no home
        words = json.dumps([*map(str, asked)]).encode("utf-8", "surrogatepass")
        return cache_folder() / "begun" / f"{sha256(words)[:32]}.lots"
    return None


def begin(place: Path | None, seed: int) -> None:
    """Begin with the first runs of what was kept there, on a thread, if anything was."""
    if place is None or not place.exists():
        return

    def start() -> None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            _begun.append(HeadStart(place.read_bytes(), seed))
            _begun[-1].play()

    thread = threading.Thread(target=start, daemon=True)
    thread.start()

    def end() -> None:  # before the machine code is put away under its feet
        for one in _begun:
            one.asked = True
        thread.join()

    atexit.register(end)


def had() -> HeadStart | None:
    """Return the head start that this process had, if it had one."""
    return _begun[-1] if _begun else None


def keep(place: Path, asked: Question, lots: int) -> None:
    """Keep what the first ``lots`` such lots are played from, if there is a folder to write to."""
    before = had()
    if None in (asked.code, *asked.rules.values()) or (before and before.is_of(asked)):
        return
    about, arrays = described(asked)
    rest = json.dumps(about | {"lots": lots}).encode() + b"\n" + arrays
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as file:
            file.write(MARK + sha256(rest).encode() + b"\n" + rest)
        kept = sorted(place.parent.glob("*.lots"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-MOST]:
            old.unlink(missing_ok=True)


def described(asked: Question) -> tuple[dict[str, Any], bytes]:
    """Return what there is to know of a question, but for its seed, and what is in its arrays."""
    parts: list[Any] = []
    arrays, places = bytearray(), dict[int, int]()
    for one in flat(asked.given):
        if not hasattr(one, "tobytes"):
            parts.append(one)
            continue
        address = one.ctypes.data
        if address not in places:  # the same memory may be handed over twice
            arrays += bytes(-len(arrays) % APART)
            places[address] = len(arrays)
            arrays += one.tobytes()
        parts.append([places[address], one.size, one.itemsize, [*one.shape], [*one.strides]])
    for at in asked.rules:  # a rule lies elsewhere in the next process
        arrays[at : at + ctypes.sizeof(ctypes.c_double)] = bytes(ctypes.sizeof(ctypes.c_double))
    for one in asked.room:
        parts.append([None, one.size, one.itemsize, [*one.shape], [*one.strides]])
    about = {
        "processor": processor(), "code": str(asked.code),
        "rules": {str(at): str(path) for at, path in asked.rules.items()},
        "count": asked.count, "given": parts,
        "room": [one.nbytes for one in asked.room],
    }  # fmt: skip
    return about, bytes(arrays)


def flat(given: Any) -> Iterator[Any]:
    """Yield what is in tuples of tuples."""
    for one in given:
        yield from flat(one) if isinstance(one, tuple) else (one,)
