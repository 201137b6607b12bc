"""The page of speed says what the benchmarks last measured."""

from __future__ import annotations

from typing import Any

from beside_others import beside_others
from measurements import ROOT, exponent_of, growth_of, measured

from negotiation.scenario import Scenario
from negotiation.words.outcomes import headlines

PAGE = ROOT / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- speed: begin -->\n", "<!-- speed: end -->\n"


def growths() -> list[str]:
    """Return the table of how time and memory grow."""
    scale = measured("scale")
    lines = [
        "How time and memory grow: the exponent b of time = a n^b, with its 95% interval",
        "",
        "| with | of | from | to | time | time grows by | memory | memory grows by |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in scale["growth"].values():
        first, last = row["points"][0], row["points"][-1]
        lines.append(
            f"| {row['what']} | {row['scenario']} | {first['size']:,} | {last['size']:,} | "
            f"{first['median_s']:.2f} to {last['median_s']:.2f} s | {exponent_of(row['time'])} | "
            f"{first['memory_mb']:.0f} to {last['memory_mb']:.0f} MB | "
            f"{exponent_of(row['memory'])} |"
        )
    runs = growth_of("runs", "split-the-pie")
    most = runs["points"][-1]
    beyond = 10**9
    hours = most["median_s"] * (beyond / most["size"]) ** runs["time"]["b"] / 3600
    shared = ", on a machine that others used too" if scale["machine_was_shared"] else ""
    lines += [
        "",
        f"Seconds of processor time of one core{shared}. What is not about runs or cells plays "
        f"{scale['runs']} runs, {scale['runs_per_world']} in a draw of the uncertain numbers; a "
        f"cell has {scale['runs_of_a_cell']}. A thousand million runs of split-the-pie were not "
        f"played: by that exponent they take {hours:.0f} core-hours, in the memory of a million.",
        "",
    ]
    return lines


def the_lab() -> list[str]:
    """Return how long a class waits for the lab."""
    lab = measured("lab")
    first = {row["until"]: row["median_s"] for row in lab["first"]}
    lever, load = lab["lever"], lab["load_at_the_beginning"]
    aim = "" if lever["median_s"] <= lever["aim_s"] else ", missed"
    late = "" if first["paint"] <= lab["first_aim_s"] else ", missed"
    shared = ""
    if lab["machine_was_shared"]:
        shared = f", which others used too: {load:.1f} processes were waiting or at work"
    told = (
        f"The lab, in Chromium on the same computer: the first paint comes after "
        f"{first['paint']:.2f} s ({lab['first_aim_s']:g} s are aimed at{late}), the levers after "
        f"{first['levers']:.1f} s and the odds after {first['odds']:.1f} s, medians of "
        f"{lab['tries']} browsers that have nothing of the page; a lever is answered after "
        f"{1e3 * lever['median_s']:.0f} ms ({1e3 * lever['aim_s']:.0f} ms are aimed at{aim}), the "
        f"median of {lever['moves']} moves, {1e3 * lever['least_s']:.0f} to "
        f"{1e3 * lever['most_s']:.0f} ms. Measured on {lab['cores']} cores{shared}; with Solara "
        f"{lab['solara']} and Chromium {lab['chromium'].partition('.')[0]}."
    )
    lines = ["", told, "", computing(lab["computing"])]
    if lab["classes"]:
        seconds = [row["seconds"] for row in lab["classes"]]
        sizes = ", ".join(f"{row['memory_mb']:.0f}" for row in lab["classes"])
        told = (
            f"{lab['pages_of_a_class']} pages at once, each with a lever of its own, all show odds "
            f"after {min(seconds):.0f} to {max(seconds):.0f} s, their browser on the same cores; "
            f"the lab holds {sizes} MB after one class and the next."
        )
        lines += ["", told]
    return lines


def computing(found: dict[str, Any]) -> str:
    """Return how long a lever computes until its last answer, and how close that is."""
    aim, points = found["aim_points"], found["points"]
    each = " and ".join(f"{x:.1f}" for x in points.values())
    would = found["seconds"] * (max(points.values()) / aim) ** 2
    late = "" if would <= found["aim_s"] else ", missed"
    return (
        f"From a lever of {found['scenario']} to the last answer, of {found['runs']:,} runs, it "
        f"computes for {found['seconds']:.2f} s, {found['processor_s']:.2f} s of processor time, "
        f"and tells the headlines to {each} points. To {aim:g} point it would take {would:.2f} s "
        f"({found['aim_s']:g} s are aimed at{late})."
    )


def passage() -> str:
    """Return the tables of the page."""
    precision, answer = measured("precision"), measured("answer")
    lines = ["", "Time to the answer, whole processes, everything compiled:", ""]
    lines += ["| command | until | median | aim | of the aim |", "|---|---|---|---|---|"]
    for row in answer["figures"]:
        what, until = row["what"], row["until"]
        taken, aim = row["median_s"], row["aim_s"]
        times = f"{taken / aim:.1f} times" + (", missed" if taken > aim else "")
        lines.append(f"| `{what}` | {until} | {taken:.2f} s | {aim:.1f} s | {times} |")
    first, aim = answer["first_use_processor_s"], answer["first_use_aim_s"]
    wait = f", {answer['first_use_wait_s']:.0f} s to wait" if "first_use_wait_s" in answer else ""
    lines += ["", f"The first use of all compiles the rules: {first:.0f} s of processor time "
              f"({aim:.0f} s are aimed at){wait}."]  # fmt: skip
    lines += the_lab()
    points = 100 * precision["within"]
    lines += ["", f"Both headlines to {points:g} points, against counting runs one by one:", ""]
    lines += ["| scenario | headline | runs | a run is worth | and costs | cheaper |"]
    lines += ["|---|---|---|---|---|---|"]
    for row in precision["scenarios"]:
        asked = headlines(Scenario.load(row["scenario"]))
        for event, worth in row["worth_of_a_run"].items():
            if event in asked:
                lines.append(
                    f"| {row['scenario']} | {asked[event]} | {row['runs']:,} | {worth:.2f} | "
                    f"{row['cost_of_a_run']:.2f} | {row['cheaper'][event]:.0f} times |"
                )
    lines += ["", *beside_others(), "", *growths()]
    return "\n".join(lines) + "\n"


def test_time_grows_with_runs_and_memory_does_not() -> None:
    """Ten times the runs take ten times as long, in the same memory."""
    for row in measured("scale")["growth"].values():
        if row["what"] == "runs":
            assert 0.9 < row["time"]["b"] < 1.1 and abs(row["memory"]["b"]) < 0.1
            assert row["time"]["low"] <= row["time"]["b"] <= row["time"]["high"]


def test_the_lab_is_measured_against_its_aims() -> None:
    """The first paint is in time; a lever was moved often enough for a median to mean something."""
    lab = measured("lab")
    first = {row["until"]: row["median_s"] for row in lab["first"]}
    assert first["paint"] < lab["first_aim_s"] and first["paint"] < first["odds"]
    assert lab["lever"]["moves"] >= 20 and lab["lever"]["aim_s"] == 0.15


def test_everybody_took_part_in_several_rounds() -> None:
    """Each library answered, was timed in turn at least five times, and its ratio has a spread."""
    peers = measured("peers")
    assert set(peers["versions"]) >= {"mesa", "negmas", "SALib", "ema-workbench", "nashpy",
                                      "quantecon", "pygambit", "numpy", "numba"}  # fmt: skip
    assert "not installed" not in peers["versions"].values()
    parts = [peers[name] for name in ("runs", "sensitivity", "games")]
    assert not any(part["missing"] for part in parts)
    assert {row["who"] for row in peers["sensitivity"]["rows"]} == {
        "ours",
        "SALib",
        "ema-workbench",
    }
    whats = " ".join(row["what"] for row in peers["runs"]["rows"])
    assert all(name in whats for name in ("Mesa", "NegMAS", "NumPy"))
    rows = [row for part in parts for row in part["rows"]] + peers["floor"]["draws"]
    assert all(row["rounds"] >= 5 and row["least"] <= row["ratio"] <= row["most"] for row in rows)


def test_nobody_finds_more_equilibria_than_we_do() -> None:
    """Who finds fewer has missed some: each that is counted was checked."""
    rows = measured("peers")["games"]["rows"]
    assert {row["who"] for row in rows} == {"ours", "nashpy", "QuantEcon", "pygambit"}
    ours = {row["size"]: row["found"] for row in rows if row["who"] == "ours"}
    assert all(0 < row["found"] <= ours[row["size"]] for row in rows)


def test_the_question_about_drivers_is_fair() -> None:
    """All had as many runs, to a hundredth, and the reference is far nearer than any of them."""
    found = measured("peers")["sensitivity"]
    runs = [row["runs"] for row in found["rows"]]
    assert max(runs) < 1.01 * min(runs)
    assert found["reference"]["runs"] > 50 * max(runs)
    nearest = min(off for row in found["rows"] for off in row["off"].values())
    assert found["reference"]["chance"] < nearest / 3


def test_the_page_says_who_wins() -> None:
    """NumPy at the small game, QuantEcon and pygambit at equilibria; precision is much the same."""
    peers = measured("peers")
    ratios = {row["what"]: row["ratio"] for row in peers["runs"]["rows"]}
    assert all((ratio < 1) == ("NumPy" in what) for what, ratio in ratios.items())
    games = {(row["who"], row["size"]): row for row in peers["games"]["rows"]}
    for (who, size), row in games.items():
        if who == "pygambit":
            assert row["most"] < 1 and row["found"] == games["ours", size]["found"]
        if who == "QuantEcon":
            assert row["ratio"] < games["pygambit", size]["ratio"]
    drivers = {row["who"]: row for row in peers["sensitivity"]["rows"]}
    assert all(row["least"] > 1 for who, row in drivers.items() if who != "ours")
    for m in ("S1", "ST"):
        ours = drivers["ours"]["off"][m]
        rounds = [row["off_by_round"][m] for row in drivers.values()]
        assert all(min(each) < ours < max(each) for each in rounds)
        between = max(row["off"][m] for row in drivers.values()) - ours
        assert between < max(map(max, rounds)) - min(map(min, rounds))


def test_a_run_costs_more_than_its_random_numbers() -> None:
    """The floor lies below what a run takes, and numbers were drawn to be counted."""
    for row in measured("peers")["floor"]["draws"]:
        assert row["numbers"] > 10 and 0.0 < row["drawing_s"] < row["run_s"]


def test_the_page_says_what_was_measured() -> None:
    """Word by word."""
    text = PAGE.read_text("utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == passage()
