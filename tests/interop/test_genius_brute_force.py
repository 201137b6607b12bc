"""Random problems in all shapes of the format, against a second reader that shares no code.

The second reader follows GENIUS 10.4's own classes (EvaluatorDiscrete, EvaluatorInteger,
EvaluatorReal, AdditiveUtilitySpace): one outcome at a time, with the standard library's element
tree. Nothing here is statistical: every problem must agree.
"""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from itertools import product
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest

from negotiation.interop.genius import analyse

NAMES = ["Preis in €", "价格", "a b", "x<y & z", "naïve ", "it's", 'say "yes"', "0", "-1", "Ω"]


def issue_of(rng, index):
    """Return the tag's attributes and children of an issue for the domain, and its kind."""
    kind = rng.choice(["discrete", "discrete", "integer", "real"])
    name = f'name={quoteattr(rng.choice(NAMES))} index="{index}"'
    if kind == "discrete":
        said = rng.choice(["", 'type="discrete"', 'etype="discrete" type="discrete"'])
        values = rng.sample(NAMES, rng.randint(1, 4))
        start = rng.choice([0, 1])
        items = "".join(
            f'<item index="{k}" value={quoteattr(v)}/>' for k, v in enumerate(values, start)
        )
        return kind, f"<issue {name} {said}>{items}</issue>", values, (name, said)
    said = f'type="{kind}" vtype="{kind}" etype="{kind}"'
    low = rng.randint(-3, 3)
    high = low + rng.randint(0, 4)
    bounds = f'lowerbound="{low}" upperbound="{high}"'
    if kind == "integer" and rng.random() < 0.7:
        return kind, f"<issue {name} {said} {bounds}/>", (low, high), (name, said)
    return kind, f"<issue {name} {said}><range {bounds}/></issue>", (low, high), (name, said)


def rated(rng, kind, values, said):
    """Return an issue as a profile writes it."""
    head = " ".join(said)
    if kind == "discrete":
        items = [
            f'<item value={quoteattr(v)} evaluation="{rng.choice([0, 1, 2, 7, 0.5, 30])}"'
            f' cost="3" description=""/>'
            for v in values
        ]
        rng.shuffle(items)
        return f"<issue {head}>{''.join(items)}</issue>"
    bounds = f'lowerbound="{values[0]}" upperbound="{values[1]}"'
    slope, offset = rng.choice([-0.5, 0.1, 0.3, 0]), rng.choice([-0.2, 0, 0.4, 1])
    if kind == "integer":
        return (
            f"<issue {head} {bounds}>"
            f'<evaluator ftype="linear" slope="{slope}" offset="{offset}"/></issue>'
        )
    middle = rng.uniform(*values)
    made = rng.choice([
        f'ftype="linear" parameter1="{slope}" parameter0="{offset}"',
        f'ftype="constant" parameter0="{rng.choice([0, 0.25, 1])}"',
        f'ftype="triangular" parameter0="{values[0]}" parameter1="{values[1]}"'
        f' parameter2="{middle!r}"',
    ])  # fmt: skip
    return f"<issue {head}><range {bounds}/><evaluator {made}/></issue>"


def nested(rng, parts):
    """Hang some of the parts below an objective of their own."""
    if len(parts) < 2 or rng.random() < 0.5:
        return "".join(parts)
    cut = rng.randint(1, len(parts) - 1)
    group = '<objective index="99" name="group" type="objective">'
    return "".join(parts[:cut]) + group + "".join(parts[cut:]) + "</objective>"


def problem_of(rng):
    """Return the texts of a domain and two profiles."""
    first = rng.choice([0, 1, 2, 10])
    indices = list(range(first, first + rng.randint(1, 3)))
    made = [issue_of(rng, index) for index in indices]
    root = '<objective index="98" name="root" type="objective" etype="objective">'
    texts = [
        f'<negotiation_template><utility_space number_of_issues="0">{root}'
        f"{nested(rng, [text for _, text, _, _ in made])}"
        f"</objective></utility_space></negotiation_template>"
    ]
    for _ in range(2):
        weights = [
            f'<weight index="{k}" value="{rng.choice([0, 0.2, 0.3, 0.5, 0.9])}"/>' for k in indices
        ]
        issues = [rated(rng, kind, values, said) for kind, _, values, said in made]
        rng.shuffle(weights)
        rng.shuffle(issues)
        ends = [
            rng.choice(["", f'<reservation value="{rng.choice([0, 0.1, 0.25, 0.5])}"/>']),
            rng.choice(["", '<discount_factor value="0.8"/>', '<discount_factor value="0.0"/>']),
        ]
        rng.shuffle(ends)
        inside = nested(rng, issues)
        inside = "".join(weights) + inside if rng.random() < 0.5 else inside + "".join(weights)
        texts.append(f"<utility_space>{root}{inside}</objective>{''.join(ends)}</utility_space>")
    return texts


def values_of(issue):
    """Return the values of a domain's issue as the second reader counts them."""
    if issue.get("type", "discrete") == "discrete":
        return [item.get("value") for item in issue.findall("item")]
    bounds = issue if issue.get("lowerbound") else issue.find("range")
    low, high = float(bounds.get("lowerbound")), float(bounds.get("upperbound"))
    if issue.get("type") == "integer":
        return list(range(int(low), int(high) + 1))
    return [low + k * (high - low) / 20 for k in range(21)]


def worth(issue, value):
    """Return an issue's evaluation of a value, as GENIUS's three evaluators do."""
    kind = issue.get("type", "discrete")
    if kind == "discrete":
        table = {item.get("value"): float(item.get("evaluation")) for item in issue}
        top = max(table.values())
        return 0.0 if top < 1e-5 else table[value] / top
    formula = issue.find("evaluator")
    if kind == "integer":
        bounds = issue if issue.get("lowerbound") else issue.find("range")
        shifted = value - int(bounds.get("lowerbound"))
        return min(1, max(0, float(formula.get("slope")) * shifted + float(formula.get("offset"))))
    numbers = [float(formula.get(f"parameter{k}", "nan")) for k in range(3)]
    if formula.get("ftype") == "linear":
        return min(1, max(0, numbers[1] * value + numbers[0]))
    if formula.get("ftype") == "constant":
        return numbers[0]
    low, high, top = numbers
    if value < low or value >= high:
        return 0.0
    return (value - low) / (top - low) if value < top else 1 - (value - top) / (high - top)


def second_reading(texts):
    """Return the utility pairs of all outcomes and the reservation values."""
    domain, *profiles = map(ET.fromstring, texts)
    issues = {issue.get("index"): values_of(issue) for issue in domain.iter("issue")}
    columns = []
    for profile in profiles:
        weights = {w.get("index"): float(w.get("value")) for w in profile.iter("weight")}
        mine = {issue.get("index"): issue for issue in profile.iter("issue")}
        columns.append([
            min(1.0, sum(weights[k] * worth(mine[k], v) for k, v in zip(issues, bid, strict=True)))
            for bid in product(*issues.values())
        ])  # fmt: skip
    d = [float(r.get("value")) if (r := p.find("reservation")) is not None else 0 for p in profiles]
    return list(zip(*columns, strict=True)), d


def tied(points, merit):
    """Return the distinct points of the largest merit."""
    top = max(map(merit, points), default=None)
    return distinct([p for p in points if merit(p) >= top - 1e-8])


def distinct(points):
    """Return the points by rising utilities, each once to nine digits."""
    return sorted({(round(a, 9) + 0.0, round(b, 9) + 0.0) for a, b in points})


@pytest.mark.parametrize("seed", range(60))
def test_random_problems(tmp_path, seed):
    """Number of outcomes, ranges, frontier and the five solutions with all their ties."""
    texts = problem_of(random.Random(seed))
    paths = [tmp_path / f"{k}.xml" for k in range(3)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    found = analyse(*paths)
    every, d = second_reading(texts)
    points = distinct(every)
    fit = [p for p in points if p[0] >= d[0] - 1e-9 and p[1] >= d[1] - 1e-9]
    room = [max((p[k] - d[k] for p in fit), default=0) for k in (0, 1)]
    efficient = [
        p for p in points
        if not any(q != p and q[0] >= p[0] - 1e-9 and q[1] >= p[1] - 1e-9 for q in points)
    ]  # fmt: skip

    def share(p):
        return min(((p[k] - d[k]) / room[k] for k in (0, 1) if room[k] > 1e-9), default=0)

    def both(p):
        return (p[0] - d[0]) * (p[1] - d[1])

    assert found["outcomes"] == len(every)
    assert np.allclose(found["ranges"], [[min(c), max(c)] for c in zip(*points, strict=True)])
    expected = {
        "pareto": efficient,
        "nash": tied(efficient, lambda p: p[0] * p[1]),
        "nash_reservation": tied([p for p in efficient if p in fit], both),
        "kalai_smorodinsky": tied(fit, share),
        "egalitarian": tied(fit, lambda p: min(p[0] - d[0], p[1] - d[1])),
        "utilitarian": tied(points, sum),
    }
    for key, pairs in expected.items():
        assert np.shape(found[key]) == np.shape(pairs), (key, texts)
        assert np.allclose(sorted(found[key]), pairs, atol=1e-8), (key, texts)
