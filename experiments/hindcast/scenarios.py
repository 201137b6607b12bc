"""Write the shipped scenarios of other decisions: negotiation/scenarios/NAME.toml and NAME.csv.

``python experiments/hindcast/scenarios.py [DIR]`` from the checkout, after ``record.py``. Each is a
decision as it was known on its day, made into a scenario by the builder that forecasts it; what
past disputes teach of it leaves its own dispute out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation.hindcast import coming
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.history import reading

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / "negotiation" / "scenarios"
WANTED = {
    "geneva-2025": ("T186", "Geneva, May 2025: will 115 points come off?"),
    "london-2025": ("T191", "London, June 2025: rare earths against chip software"),
    "buenos-aires-2018": ("T098", "Buenos Aires, December 2018: a truce over dinner?"),
    "phase-one-2019": ("T125", "Phase One, December 2019: a text before the 15th?"),
    "eu-2025": ("T201", "Turnberry, July 2025: 30% or a deal with the European Union?"),
    "japan-2025": ("T199", "Tokyo, July 2025: 25% or a deal with Japan?"),
    "canada-2025": ("X001", "Ottawa, August 2025: will the tariff rise to 35%?"),
    "usmca-2018": ("T096", "NAFTA, September 2018: Canada in by midnight?"),
    "stockholm-2025-learned": ("C1", "Stockholm, July 2025, with what past disputes teach"),
    "japan-autos-1995": ("T035", "Geneva, June 1995: 100% on luxury cars?"),
}


def main() -> None:
    """Write all of them."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    rows = {row.id: row for row in reading.shipped().decisions}
    rows |= {row.id: row for row in coming.load(HERE / "coming.csv")}
    for name, (which, title) in WANTED.items():
        made = files_of(of_decision(rows[which]), name, title=title)
        (place / f"{name}.toml").write_text(made.scenario, "utf-8")
        (place / f"{name}.csv").write_text(made.draws, "utf-8")
        print(f"{name}: {len(made.scenario.splitlines())} lines")


if __name__ == "__main__":
    main()
