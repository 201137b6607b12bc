"""What the shipped scenario needs to play with drafts, until it says so itself."""

from __future__ import annotations


def number(value, unit, low=None, high=None, *, source, mark="guess"):
    """A number as a scenario file has it."""
    made = {"value": value, "unit": unit, "mark": mark, "source": source}
    if low is not None:
        made |= {"low": low, "high": high, "distribution": "triangular"}
    return made


READY = {
    # probability that the text is ready at once, and that a fortnight's full effort finishes it
    "fentanyl_tariff": (0.20, 0.15, "one order, tied to what China does about precursors"),
    "reciprocal_tariff": (0.10, 0.12, "the suspended points are the object of the truce itself"),
    "technology_controls": (0.10, 0.10, "rules of several agencies, judged a security matter"),
    "sectoral_restraint": (0.25, 0.20, "a promise not to act needs few words"),
    "rare_earth_licences": (0.30, 0.15, "the London framework of June 2025 has the words"),
    "purchase_commitments": (0.25, 0.20, "the text of 2020 can be taken up"),
    "china_tariff": (0.20, 0.15, "mirrors the US tariffs"),
    "precursor_control": (0.40, 0.20, "two precursors were listed in July 2025"),
    "market_access": (0.0, 0.10, "chapters of law; 2020 took two years"),
    "overcapacity": (0.0, 0.10, "no text has ever been exchanged"),
    "oil_imports": (0.05, 0.08, "China does not negotiate about it"),
}
# value, low, high
REFORM = {
    "market_access": {
        "us_gain": (20.0, 6.0, 40.0), "china_gain": (-6.0, -30.0, 10.0),
        "verified": (0.5, 0.2, 0.8), "own_cost": (2.0, 0.5, 5.0), "reach": (0.3, 0.1, 0.6),
    },
    "overcapacity": {
        "us_gain": (14.0, 4.0, 30.0), "china_gain": (-1.0, -14.0, 10.0),
        "verified": (0.5, 0.2, 0.8), "own_cost": (2.0, 0.5, 6.0), "reach": (0.3, 0.1, 0.7),
    },
}  # fmt: skip
UNITS = {"verified": "probability", "reach": "share"}
WHY_REFORM = {
    "market_access": "ours; reform raises China's own income too (+45 at a fifth reformed, IMF)",
    "overcapacity": "ours; to curb disorderly competition is Beijing's own policy (memory)",
}
LINKS = {
    "rare_earth_licences": {
        "technology_controls": number(
            2.0, "$bn per year", 0.0, 10.0,
            source="to each side: the pair that London traded in June 2025; ours",
        ),
    },
    "fentanyl_tariff": {
        "precursor_control": number(
            6.0, "$bn per year", 2.0, 12.0,
            source="ours, to each side: the tariff is named after what it is to bring about",
        ),
    },
}  # fmt: skip


def drafts(issues=None):
    """Return the changes that make a scenario, of all issues or of these, play with drafts."""
    text = "ours: how ready the texts were on 28 July 2025; "
    changes = {
        "talks.contract": "drafts",
        "talks.dates": "random",
        "talks.rush": number(
            2.0, "share", 0.0, 5.0, source="ours: calls and visits crowd before a date"
        ),
        "talks.ripening": number(
            1.0, "factor", 0.5, 1.5,
            source="ours; 1-5 issues in the joint results of 2017-20 and 2025 (memory)",
        ),
        "talks.effort": number(
            0.5, "exponent", 0.0, 1.0,
            source="ours: work on a text is worth while to a giver that means to give",
        ),
        "talks.notice": number(
            0.05, "points per $bn", 0.0, 0.15,
            source="ours: $20bn a year are as good as a point of somebody's own stakes",
        ),
        "summit.empty_cost": number(
            6.0, "$bn", 2.0, 10.0, source="ours: coming home with nothing (Hanoi 2019)"
        ),
        "summit.slip": number(
            0.03, "probability", 0.0, 0.08, source="Hanoi 2019: one prepared meeting in some thirty"
        ),
        "summit.again_days": number(
            0, "days", source="the horizon is a month after the window", mark="definition"
        ),
    }  # fmt: skip
    changes["tariffs.us_reference"] = {
        **number(
            0.175, "fraction", 0.15, 0.20, mark="article",
            source="tpp: 15-20% in the deals with the EU, Japan, Indonesia, Vietnam",
        ),
        "distribution": "uniform",
    }  # fmt: skip
    changes["tariffs.us_reference_loss"] = number(
        2.0, "$bn per year per point", 0.5, 4.0,
        source="ours: who pays 15% must not see China pay less",
    )  # fmt: skip
    for side in ("us", "china"):
        changes[f"{side}.authority"] = number(
            2.0, "$bn per year", 0.5, 5.0, source="ours: on one issue, beyond what was offered"
        )
        changes[f"{side}.leeway"] = number(
            0.5, "$bn per year", 0.2, 1.5, source="ours: a quarter of the leader's authority"
        )
        changes[f"{side}.reservation"] = number(
            2.0, "$bn per year", 0.7, 3.8,
            source="ours: what putting one's name under any paper costs",
        )  # fmt: skip
    for issue, (ready, pace, why) in READY.items():
        if issues is None or issue in issues:
            changes[f"issues.{issue}.ready"] = number(ready, "probability", source=text + why)
            changes[f"issues.{issue}.pace"] = number(pace, "probability", source=text + why)
    for issue, settings in REFORM.items():
        if issues is None or issue in issues:
            for name, (value, low, high) in settings.items():
                unit = UNITS.get(name, "$bn per year")
                changes[f"issues.{issue}.{name}"] = number(
                    value, unit, low, high, source=WHY_REFORM[issue]
                )
    if issues is None:
        changes["linkage"] = LINKS
    return changes
