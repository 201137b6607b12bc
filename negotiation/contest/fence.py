"""The fence around a process that runs somebody else's file: limits, no network, nothing written.

Two kinds of fence. What the system holds to cannot be climbed from within: memory, processor time,
the size of files (none may grow), and, where it allows that, a network of its own with nobody on
it. What Python is asked to tell (audit hooks) stops what has no limit of its own: opening files,
starting processes, removing things, sockets. It notices mischief and says which, and somebody
determined can get around it: a class tournament is no prison. For files of strangers use a
container or a virtual machine around the whole command.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of Linux
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PRINTED = 10_000  # characters that a file may print in one game
FORBIDDEN = {
    "socket.": "uses the network",
    "ftplib.": "uses the network",
    "smtplib.": "uses the network",
    "urllib.Request": "uses the network",
    "http.client.": "uses the network",
    "subprocess.Popen": "starts another process",
    "os.system": "starts another process",
    "os.exec": "starts another process",
    "os.posix_spawn": "starts another process",
    "os.spawn": "starts another process",
    "os.fork": "starts another process",
    "os.forkpty": "starts another process",
    "pty.spawn": "starts another process",
    "os.kill": "sends signals to processes",
    "os.killpg": "sends signals to processes",
    "signal.pthread_kill": "sends signals to processes",
    "os.remove": "removes or changes files",
    "os.rename": "removes or changes files",
    "os.rmdir": "removes or changes files",
    "os.mkdir": "removes or changes files",
    "os.link": "removes or changes files",
    "os.symlink": "removes or changes files",
    "os.truncate": "removes or changes files",
    "os.chmod": "removes or changes files",
    "os.chown": "removes or changes files",
    "os.utime": "removes or changes files",
    "shutil.": "removes or changes files",
    "ctypes.dlopen": "loads a library of the system",
}


class Forbidden(PermissionError):
    """Something that a file may not do in a contest."""


def cut_network() -> bool:
    """Put this process into a network of its own, with nobody on it; whether the system let us."""
    for flags in (NEW_NETWORK, NEW_USERS | NEW_NETWORK):  # root needs no users of its own
        try:
            if ctypes.CDLL(None, use_errno=True).unshare(flags) == 0:
                return True
        except (AttributeError, OSError):  # no Linux
            return False
    return False


def limit_memory(megabytes: int) -> None:
    """Let this process take so much memory more than it has now, and write no files."""
    import resource

    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int, at_most: int | None = None) -> None:
    """Let this process use so many seconds of processor time, those that it begets ``at_most``."""
    import resource  # which not every system has

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, at_most or seconds + 5))


class Fence:
    """What Python is asked to tell, and refuses.

    Parameters
    ----------
    own : Path
        The file, which may be read.
    closed : Path
        Its folder, of which nothing else may be read.

    Attributes
    ----------
    offences : list of str
        What was tried, as what follows the name of the file: "uses the network".
    """

    def __init__(self, own: Path, closed: Path) -> None:
        self.own, self.closed = os.path.realpath(own), os.path.realpath(closed)
        self.offences: list[str] = []
        self.clone = ""  # may be listed, which an import does, and not read
        self.up = False
        self.inside = False

    def raise_it(self) -> None:
        """Put the fence up, for good."""
        self.open_to_all = tuple(_readable())
        self.clone = _clone()
        self.up = True
        sys.addaudithook(self.hear)

    def hear(self, event: str, args: Sequence[Any]) -> None:
        """Refuse an event that is forbidden."""
        if not self.up or self.inside:
            return
        self.inside = True  # what is asked here is not asked of the file
        try:
            offence = self.judged(event, args)
        finally:
            self.inside = False
        if offence:
            self.refuse(offence)

    def refuse(self, offence: str) -> None:
        """Note an offence and raise."""
        if offence not in self.offences:
            self.offences.append(offence)
        raise Forbidden(f"it {offence}, which no file may do in a contest")

    def judged(self, event: str, args: Sequence[Any]) -> str:
        """Return what is wrong with an event, or nothing."""
        if event == "open":
            return self.opened(*args[:3])
        if event in ("os.listdir", "os.scandir", "glob.glob", "os.walk"):
            path = args[0] if args else "."
            return "" if self.may_list(path) else f"looks into the folder {_last_part(path)}"
        for name, offence in FORBIDDEN.items():
            if event == name or name.endswith(".") and event.startswith(name):
                return offence
        return ""

    def opened(self, path: Any, mode: Any, flags: Any) -> str:
        """Return what is wrong with opening a file, or nothing."""
        if isinstance(path, int) or path in (os.devnull, b"/dev/null"):
            return ""
        changes = isinstance(flags, int) and flags & WRITES
        if changes or isinstance(mode, str) and set(mode) & set("wax+"):
            return f"writes the file {_last_part(path)}"
        return "" if self.may_read(path) else f"reads the file {_last_part(path)}"

    def may_list(self, path: Any) -> bool:
        """Return whether the names in a folder may be read."""
        if isinstance(path, str | bytes | os.PathLike) and self.clone:
            real = os.path.realpath(os.fsdecode(path))
            if real == self.clone and real != self.closed:
                return True
        return self.may_read(path)

    def may_read(self, path: Any) -> bool:
        """Return whether something may be read: the own file, Python and its packages."""
        if path is None or isinstance(path, int):
            return True
        real = os.path.realpath(os.fsdecode(path))
        if real == self.own:
            return True
        if real == self.closed or real.startswith(self.closed + os.sep):
            return False
        return any(real == root or real.startswith(root + os.sep) for root in self.open_to_all)


class Silent:
    """What takes the place of the standard output: it counts what is printed, and keeps nothing."""

    encoding = "utf-8"

    def __init__(self, fence: Fence) -> None:
        self.fence, self.printed = fence, 0

    def write(self, text: str) -> int:
        """Count a text; too much of it is an offence."""
        self.printed += len(text)
        if self.printed > PRINTED:
            self.fence.refuse(f"prints more than {PRINTED:,} characters in a game")
        return len(text)

    def flush(self) -> None:
        """Do nothing."""

    def isatty(self) -> bool:
        """Return that this is no terminal."""
        return False


def _clone() -> str:
    """Return the folder of a clone that the package runs from; nothing where it is installed.

    Python looks for modules there, and beside the package lies what a teacher has computed.
    """
    import negotiation

    folder = os.path.realpath(Path(negotiation.__file__).parent.parent)
    installed = (sys.prefix, sys.base_prefix, "/usr/lib")
    inside = any(folder.startswith(os.path.realpath(root) + os.sep) for root in installed)
    return "" if inside else folder


def _readable() -> list[str]:
    """Return the folders that anybody's Python reads: its own, its packages, fonts and the like."""
    import negotiation
    from negotiation.folders import cache_folder

    searched = [os.path.realpath(path) for path in sys.path if path]
    found = [sys.prefix, sys.base_prefix, *(path for path in searched if path != _clone())]
    found += [str(Path(negotiation.__file__).parent), str(cache_folder())]
    found += ["/usr/lib", "/usr/share/zoneinfo", "/etc/localtime", os.getcwd()]
    return [os.path.realpath(path) for path in found]


def _last_part(path: Any) -> str:
    """Return the end of a path: where others keep their things is nobody's business."""
    try:
        return os.path.basename(os.fsdecode(path).rstrip(os.sep)) or str(path)
    except (TypeError, ValueError):
        return "of another place"
