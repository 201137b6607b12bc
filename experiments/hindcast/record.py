"""Play every decision of the record and write negotiation/hindcast/data/record.npz.

``python experiments/hindcast/record.py [FILE]`` from the checkout; it takes minutes. What is
learned from it, and every forecast without its own dispute, is then a matter of weights. It prints
how good the fits are at draws that they were not fitted to; the penalty on their slopes was chosen
so among 1, 3, 10, 30 and 100 on a twentieth of the decisions. Squares and products of parameters
make the fit worse there, or better by less than a fiftieth where they are held back strongly.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from negotiation.hindcast import record

PLACE = Path(__file__).parents[2] / "negotiation" / "hindcast" / "data" / record.FILE


def main() -> None:
    """Play the record on all cores."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    cores = os.cpu_count() or 1
    both = (("with", True), ("without", False))
    counts = {name: record.counted(hindsight=x, workers=cores) for name, x in both}
    lasted = {name: record.lasting(hindsight=x, workers=cores) for name, x in both}
    print(json.dumps(record.save(place, counts, lasted), indent=1))
    print(f"{place}: {place.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
