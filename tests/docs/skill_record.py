"""Write ``results/skill/scores.json``, from which the page on skill takes its numbers.

``python tests/docs/skill_record.py`` takes about an hour, nearly all of it for the permutation
tests, in which every rival is fitted anew to each set of labels; ``--scores`` leaves those as they
stand in the file and takes a quarter of an hour; ``--blanked`` does nothing but play the decisions
with each covariate blanked, which takes five minutes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from negotiation.skill import permuting, whole
from negotiation.skill.blanking import WHOLE
from negotiation.skill.blanking_the_model import blanked_model

FILE = Path(__file__).parents[2] / "results" / "skill" / "scores.json"
SLOW_TIMES = 200  # sets of labels that trees are fitted to
KEPT = (
    "reading", "n", "disputes", "effective_disputes", "splits", "permuted", "blanked", "published",
)  # fmt: skip


def of_set(everyone: bool, second: bool) -> dict[str, Any]:
    """Return all scores of a set of decisions by one reading."""
    found = whole.skill(whole.main_rows(None, everyone), second=second, with_trees=True)
    kept = {"set": whole.SETS[everyone], **{name: found[name] for name in KEPT}}
    if kept["published"]:
        kept["published"] = {k: v for k, v in kept["published"].items() if k != "statements"}
    return kept


def permuted(second: bool) -> dict[str, Any]:
    """Return the permutation tests of the main set by one reading."""
    names = [name for name in whole.rivals() if name != "always_extend"]
    fast = [name for name in names if not name.startswith("trees")]
    slow = [name for name in names if name not in fast]
    rows = whole.main_rows()
    return whole.refits(rows, second=second, times=permuting.TIMES, names=fast) | whole.refits(
        rows, second=second, times=SLOW_TIMES, names=slow
    )


def blanked(second: bool = False) -> dict[str, Any]:
    """Return what each covariate is worth to the model, on the main set."""
    found = blanked_model(whole.main_rows(), second=second)
    return {
        name: whole.gains(found, WHOLE, name)["brier"] for name in found.forecasts if name != WHOLE
    } | {"score": found.score(WHOLE).to_dict()}


def rounded(data: Any) -> Any:
    """Return plain data with four decimals."""
    if isinstance(data, dict):
        return {key: rounded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [rounded(value) for value in data]
    return round(data, 4) if isinstance(data, float) else data


def laid_out(data: Any) -> str:
    """Return plain data as JSON, a number with its interval on one line."""
    text = json.dumps(rounded(data), indent=1)
    return re.sub(r"\{[^{}]*\}", lambda found: " ".join(found[0].split()), text) + "\n"


def main() -> None:
    """Write the file."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    if "--blanked" in sys.argv:
        kept = json.loads(FILE.read_text("utf-8"))
        kept[0]["blanked_model"] = blanked()
        FILE.write_text(laid_out(kept), "utf-8")
        return
    sets = [of_set(everyone, second) for everyone in (False, True) for second in (False, True)]
    before: list[Any] = (
        json.loads(FILE.read_text("utf-8")) if "--scores" in sys.argv else [None, None]
    )
    for told, old in zip(sets[:2], before[:2], strict=True):
        told["refitted"] = old["refitted"] if old else permuted(told["reading"] == "second")
    sets[0]["blanked_model"] = blanked()
    FILE.write_text(laid_out(sets), "utf-8")


if __name__ == "__main__":
    main()
