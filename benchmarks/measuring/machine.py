"""On what a benchmark ran, and whether it had that to itself."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Any

NOTICED = 0.1  # processors that others keep busy on average, from which on a machine is shared


def load() -> float:
    """Return how many processes were at work or waited for it, the mean of the last minute."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def machine() -> dict[str, Any]:
    """Return the processor, its cores and the Python."""
    return {
        "machine": platform.processor() or platform.machine(), "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
    }  # fmt: skip


class Others:
    """How many processors others keep busy from now on, where the system tells (Linux)."""

    def __init__(self) -> None:
        self.began = time.perf_counter(), busy(), own()

    def processors(self) -> float:
        """Return the mean so far, 0 where the system does not tell."""
        began, busy_before, own_before = self.began
        theirs = busy() - busy_before - (own() - own_before)
        return max(theirs, 0.0) / (time.perf_counter() - began)


def busy() -> float:
    """Return the seconds that all processors together have worked so far."""
    try:
        line = Path("/proc/stat").read_text().partition("\n")[0]
    except OSError:
        return own()
    user, nice, system, _, _, irq, softirq, steal, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def own() -> float:
    """Return the seconds of processor time of this process and of those that it has started."""
    return sum(os.times()[:4])
