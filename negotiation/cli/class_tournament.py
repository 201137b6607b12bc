"""``negotiation tournament students/``: the files of a class against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError, MissingFile, counted

if TYPE_CHECKING:
    from negotiation.contest import Contest


def play_class(
    folders: list[str], scenarios: list[str], house: list[str] | None, runs: int | None,
    seed: int | None, settings: list[str] | None, out: Path | None, others: Mapping[str, Any],
    as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Play the tournament of a folder, write its page and numbers, print the ranking."""
    from secrets import randbits

    from negotiation.cli import files
    from negotiation.cli.pace import pace
    from negotiation.contest import contest
    from negotiation.contest.referee import MOST_ROUNDS, ROUNDS, files_of
    from negotiation.report.classroom import write_class_page

    for what, given in (("folders", folders), ("scenarios", scenarios)):
        if len(given) > 1:
            raise InputError(f"tournament: {what} {', '.join(given)}; allowed: one.")
    for option, value in others.items():
        if value is not None:
            raise InputError(
                f"{option}: a tournament of files has none; the numbers are in its JSON."
            )
    rounds = ROUNDS if runs is None else runs
    o.within("--runs", rounds, 2, MOST_ROUNDS)
    number = randbits(63) if seed is None else seed
    o.within("--seed", number, 0, 2**63 - 1)
    changed = o.changes(settings)
    refuse_strategies(changed)
    scenario = o.load(scenarios[0] if scenarios else o.DEFAULT_SCENARIO, changed)
    place, found = Path(folders[0]), files_of(folders[0])
    name = place.resolve().name
    folder = None
    if out is not None or not as_json:
        asked = {
            "fingerprint": scenario.fingerprint, "rounds": rounds, "seed": number,
            "files": {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in found.items()},
        }  # fmt: skip
        key = hashlib.sha256(json.dumps([asked, house]).encode()).hexdigest()[:8]
        folder = files.results_folder(
            out, scenario, ["tournament.json", "tournament.html"], asked, question_of,
            part=f"class-{name}", numbers=f"seed={number},{key}",
        )  # fmt: skip
    total = rounds * (len(found) + len(house or [])) ** 2
    with pace(total, what="games", quiet=quiet) as done:
        played = contest(
            place, scenario, seed=number, rounds=rounds, house=house or (), progress=done,
            told=None if quiet else (lambda sentence: say(sentence, err=True)),
        )  # fmt: skip
    if folder is not None:
        files.write_json(folder / "tournament.json", played.to_dict(), scenario)
        drawing.ready()
        page = write_class_page(played, folder / "tournament.html", name)
    if as_json:
        say(files.as_json(played.to_dict(), scenario))
        return
    say(ranked(played, name))
    say(f"The page to project: {page}\nNumbers: {page.with_suffix('.json')}")
    words = ["tournament", o.place(folders[0]), scenarios[0] if scenarios else o.DEFAULT_SCENARIO]
    again = [*words, "--runs", str(rounds), "--seed", str(number)]
    again += [word for text in settings or [] for word in ("--set", text)]
    again += [word for text in house or [] for word in ("--strategy", text)]
    say(f"The same again: {o.typed(*again)}")


def refuse_strategies(changed: Mapping[str, Any]) -> None:
    """Refuse a change of a side's strategy: a tournament has its own."""
    for path in changed:
        if path.split(".")[1:2] == ["strategy"]:
            raise InputError(
                f"--set {path}: a tournament plays the strategies that --strategy names, as they "
                "are; allowed: any other setting."
            )


def no_folder(place: str) -> None:
    """Raise MissingFile where a folder is meant that is not there."""
    if place.endswith(("/", "\\")) and not Path(place).is_dir():
        raise MissingFile(place, "a folder of strategy files")


def question_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what decided the tournament in a file."""
    return {name: told[name] for name in ("fingerprint", "rounds", "seed", "files")}


def ranked(found: Contest, name: str) -> str:
    """Return the ranking as text, and who is out."""
    from negotiation.cli.columns import columns
    from negotiation.report.classroom import network
    from negotiation.words.numbers import percent
    from negotiation.words.scene import a_year

    rows = [["", "strategy", "gain", "95%", "behind", "", "signed"]]
    for k, place in enumerate(found.ranking(), 1):
        tie = k > 1 and place.behind.low <= 0.0
        rows.append(
            [f"  {k}", place.name, f"{place.gain.value:.2f}",
             f"{place.gain.low:.2f} to {place.gain.high:.2f}",
             "" if k == 1 else f"{place.behind.value:.2f}", "=" if tie else "",
             percent(place.signed)]
        )  # fmt: skip
    unit = f"{found.scenario.unit}{a_year(found.scenario.unit)}"
    entrants, rounds = len(found.names), counted(found.played.runs, "round")
    lines = [
        f"Tournament of {name} in {found.scenario.name}: {entrants} strategies, {rounds}, seed "
        f"{found.played.seed}. Everybody meets everybody in both seats, with the same luck.",
        f"Gain in {unit}, over all opponents and both seats; = is a tie with the best.",
        *columns("llrrrlr", rows),
    ]
    if found.out:
        lines += ["Out of the contest:", *(f"  {one.name}.py {one.reason}." for one in found.out)]
    lines.append(network(found.network_cut))
    return "\n".join(lines)
