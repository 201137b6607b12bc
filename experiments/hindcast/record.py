"""Play every decision of the record and write negotiation/hindcast/data/record.npz.

``python experiments/hindcast/record.py [FILE]`` from the checkout; it takes minutes. What is
learned from it, and every forecast without its own dispute, is then a matter of weights.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from negotiation.hindcast import record

PLACE = Path(__file__).parents[2] / "negotiation" / "hindcast" / "data" / record.FILE


def main() -> None:
    """Play the record on all cores."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    record.save(place, workers=os.cpu_count() or 1)
    print(f"{place}: {place.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
