"""What a user's own type checker says of code that uses the package, in strict mode."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RIGHT = """
from concurrent.futures import ThreadPoolExecutor

import negotiation as ng

scenario = ng.Scenario.load("stockholm-2025")
changed: ng.Scenario = scenario.replace({"us.strategy": "boulware"})
talks: ng.Talks = ng.run(changed, seed=1, run=3)
print(talks.transcript, talks.outcome is ng.Outcome.TRUCE, talks.gains["us"] + 1.0)
with ThreadPoolExecutor() as pool:
    odds: ng.Odds = ng.odds(scenario, runs=100, seed=1, executor=pool)
    design = ng.grid(scenario, {"us.patience": [0.8, 0.9]}, replicates=100)
    more = design + ng.sweep.one_at_a_time(scenario, {"deadline.ultimatum": [1, 4]}, replicates=100)
    results: ng.Results = ng.sweep(more, seed=7, executor=pool, store="results/patience")
print(odds.events["deal"].p + 1.0, results.factors, ng.__version__)
found: ng.Comparison = ng.compare(scenario, changed, runs=100, seed=1)
print(found.events["deal"].difference + 1.0)
print(ng.theory.nash_solution(scenario).us + ng.theory.alternating_offers(us=0.9, china=0.9).us)
game = ng.theory.stage_games(scenario)["tariffs"]
print(game and game.game_class.name, ng.errors.InputError)
ng.versus_theory(odds, {"deal": 0.5})
ng.plots.odds(odds)


class Never(ng.Strategy):
    def move(self, view: ng.View, rng: object) -> ng.Move:
        return ng.Accept() if view.day > 30 else ng.Offer((0.0,))


ng.strategies.check(Never)
"""

WRONG = """
import negotiation as ng

scenario = ng.Scenario.load("stockholm-2025")
ng.sweep(ng.grid(scenario, {"us.patience": [0.8]}), sede=7)
ng.sweep(scenario, seed=7)
ng.compare(scenario, 3)
ng.run(scenario, seed=1).outcom
ng.odds(scenario, runs="many")
"""


def test_a_users_code_passes_strict_and_a_slip_is_found(root: Path, tmp_path: Path) -> None:
    """The public names have types: right calls pass, and each wrong one is named by its line."""
    for name, code in (("right", RIGHT), ("wrong", WRONG)):
        (tmp_path / f"{name}.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict"]
    scripts = [str(tmp_path / "right.py"), str(tmp_path / "wrong.py")]
    checked = subprocess.run([*command, *scripts], cwd=root, capture_output=True, text=True)
    complaints = [line for line in checked.stdout.splitlines() if ": error: " in line]
    assert [line for line in complaints if "wrong.py" not in line] == [], checked.stdout
    lines = {int(line.split("wrong.py:")[1].split(":")[0]) for line in complaints}
    assert lines == {5, 6, 7, 8, 9}, checked.stdout + checked.stderr
