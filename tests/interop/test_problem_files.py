"""Problems in the files of GeniusWeb and NegMAS: the numbers are those of their own readers."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from needing import needed

from negotiation.errors import InputError
from negotiation.interop.domain import utilities
from negotiation.interop.genius import analyse, table
from negotiation.interop.problem_files import read_problem

yaml = needed("yaml", "YAML is read where PyYAML is installed")

VALUES = {
    "lease car": {"values": ["yes", "no"]},
    "fte": {"values": ["0.6", "0.8", "1.0"]},
    "salary": {"range": {"low": 2000, "high": "3000", "step": 500}},
}


def space(lease, fte, salary, weights, name="jobs1", **more):
    """Return a GeniusWeb profile about a job."""
    return {
        "LinearAdditiveUtilitySpace": {
            "domain": {"name": "jobs", "issuesValues": VALUES},
            "issueUtilities": {
                "lease car": {"DiscreteValueSetUtilities": {"valueUtilities": lease}},
                "fte": {"discreteutils": {"valueUtilities": fte}},
                "salary": {"NumberValueSetUtilities": salary},
            },
            "issueWeights": dict(zip(VALUES, weights, strict=True)),
            "name": name,
            "reservationBid": None,
        }
        | more
    }


WORKER_LINE = {"lowValue": 2000, "lowUtility": 0, "highValue": 3000, "highUtility": 1}
WORKER = space(
    {"yes": 1, "no": 0}, {"0.6": 0.25, "0.8": 0.5, "1.0": 0.75},
    {"lowValue": 2000, "lowUtility": 0, "highValue": 3000, "highUtility": 1}, [0.2, 0.2, 0.6],
    reservationBid={"issuevalues": {"lease car": "no", "fte": "0.6", "salary": 2500}},
)  # fmt: skip
FIRM = space(
    {"yes": 0.5, "no": 1}, {"0.6": 0, "0.8": 0.5, "1.0": 1},
    {"lowValue": 2000, "lowUtility": 1, "highValue": 3000, "highUtility": 0}, [0.5, 0.25, 0.25],
    name="firm",
)  # fmt: skip
DOMAIN = {"name": "jobs", "issuesValues": VALUES}


@pytest.fixture
def web(tmp_path):
    """Write a domain and two profiles of GeniusWeb and return their paths."""

    def write(domain=DOMAIN, first=WORKER, second=FIRM):
        files = []
        for name, data in (("domain", domain), ("first", first), ("second", second)):
            files.append(tmp_path / f"{name}.json")
            files[-1].write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        return files

    return write


def test_a_problem_of_geniusweb_by_hand(web):
    """A car, a whole job and 2500 are worth 0.2 + 0.15 + 0.3 and 0.25 + 0.25 + 0.125."""
    domain, (first, second) = read_problem(*web())
    assert domain.outcomes == 18
    assert domain.issues[2].values == ("2000", "2500", "3000")
    number = next(n for n in range(18) if domain.outcome(n) == ("yes", "1.0", "2500"))
    assert utilities(domain, first)[number] == pytest.approx(0.65)
    assert utilities(domain, second)[number] == pytest.approx(0.625)
    # no car, 0.6 of a job, 2500
    assert first.reservation == pytest.approx(0.2 * 0.25 + 0.6 * 0.5)
    assert second.reservation == 0.0


def test_where_the_files_lie_does_not_matter(web, tmp_path):
    """A folder, three files and two profiles, which hold their domain, are the same problem."""
    files = web()
    (tmp_path / "notes.json").write_text("[1, 2]")
    (tmp_path / "_info.json").write_text("broken")
    assert analyse(tmp_path) == analyse(*files) == analyse(*files[1:])


def test_weights_that_do_not_sum_to_one_are_remarked_on(web):
    """GeniusWeb refuses such a profile; here utilities are taken as they stand, not cut off."""
    heavy = space(
        {"yes": 1, "no": 0}, {"0.6": 0, "0.8": 0, "1.0": 1},
        {"lowValue": 2000, "lowUtility": 0, "highValue": 3000, "highUtility": 1}, [1, 1, 1],
    )  # fmt: skip
    files = web(first=heavy)
    found = analyse(*files)
    assert found["ranges"][0] == [0.0, 3.0]
    assert found["remarks"] == [
        f"{files[1]}: the weights sum to 3, not to 1 as GeniusWeb asks; taken as they are."
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["issueWeights"].pop("fte"), "no weight or no utility for issue 'fte'"),
        (lambda p: p["issueWeights"].update(ftee=1), "issue 'ftee' does not exist"),
        (
            lambda p: p["issueWeights"].update(fte="much"),
            "fte = 'much': expected a number",
        ),
        (lambda p: p["issueUtilities"].update(fte={}), "expected DiscreteValueSetUtilities or"),
        (lambda p: p["issueUtilities"].update(fte=[1]), "issueUtilities.fte: expected a table"),
        (
            lambda p: p["issueUtilities"]["fte"]["discreteutils"]["valueUtilities"].pop("0.6"),
            "issue 'fte': value '0.6' has no utility",
        ),
        (
            lambda p: p["issueUtilities"]["lease car"].update(
                DiscreteValueSetUtilities={"valueUtilities": {"yess": 1}}
            ),
            "Did you mean 'yes'?",
        ),
        (lambda p: p.update(reservationBid={"issuevalues": {"fte": "2"}}), "value '2' does not"),
        (lambda p: p.pop("issueUtilities"), "issueUtilities: missing"),
        (
            lambda p: p["issueUtilities"].update(
                fte={"NumberValueSetUtilities": WORKER_LINE | {"highValue": 2000}}
            ),
            "highValue 2000 is not above lowValue 2000",
        ),
        (
            lambda p: p["issueUtilities"].update(
                {"lease car": {"NumberValueSetUtilities": WORKER_LINE}}
            ),
            "values that are no numbers",
        ),
    ],
)
def test_wrong_profiles_of_geniusweb(web, change, said):
    """Each is refused in a sentence that names the file and the place."""
    wrong = json.loads(json.dumps(WORKER))
    change(wrong["LinearAdditiveUtilitySpace"])
    files = web(first=wrong)
    with pytest.raises(InputError) as caught:
        analyse(*files)
    assert said in str(caught.value) and str(files[1]) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,}', "line 1: this is not JSON"),
        ('{"issuesValues": {}, "issuesValues": {"a": 1}}', "'issuesValues' is there twice"),
        (
            '{"issuesValues": {"a": {"range": {"low": NaN, "high": 1, "step": 1}}}}',
            "low = nan",
        ),
        ('{"issuesValues": {}}', "the domain has no issue"),
        ('{"issuesValues": {"a": {"values": []}}}', "needs at least one item"),
        (
            '{"issuesValues": {"a": {"range": {"low": 0, "high": 1, "step": 1e-9}}}}',
            "range has",
        ),
        ('{"issuesValues": {"a": {"range": {"low": 0, "high": 1, "step": 0}}}}', "step = 0"),
        ("[" * 100_000, "nested too deeply"),
        ('"text"', "this is no domain"),
        ("1" * 5000, "too many digits"),
        ('{"PartialOrderUtilitySpace": {}}', "a profile of the kind 'PartialOrderUtilitySpace'"),
        ("\ud800".encode("utf-16", "surrogatepass").decode("latin-1"), "this is not JSON"),
    ],
)
def test_wrong_domains_in_json(web, text, said):
    """What is no domain is refused with the file's name."""
    files = web(domain=text)
    with pytest.raises(InputError) as caught:
        analyse(*files)
    assert said in str(caught.value) and str(files[0]) in str(caught.value)


# NegMAS ------------------------------------------------------------------------------------------

SPACE = """
name: trade
type: DiscreteCartesianOutcomeSpace
issues:
- {name: tariff, type: CategoricalIssue, values: [low, mid, high]}
- {name: quota, type: ContiguousIssue, values: [1, 4]}
"""
BUYER = """
type: LinearAdditiveUtilityFunction
name: buyer
reserved_value: 0.25
bias: -0.5
weights: [2.0, 0.5]
values:
- {type: TableFun, mapping: {low: 1.0, mid: 0.5, high: 0.0}}
- {type: AffineFun, slope: -0.5, bias: 3}
"""
SELLER = """
type: LinearAdditiveUtilityFunction
name: seller
reserved_value: -.inf
weights: [1, 1]
values:
- mapping: {low: 0, mid: 0.6, high: 1.0}
  type: negmas.preferences.value_fun.TableFun
- {type: IdentityFun}
"""


@pytest.fixture
def folder(tmp_path):
    """Write a NegMAS scenario folder and return it."""

    def write(space=SPACE, buyer=BUYER, seller=SELLER):
        for name, text in (("trade.yml", space), ("1.yml", buyer), ("2.yaml", seller)):
            (tmp_path / name).write_text(text)
        (tmp_path / "_stats.yaml").write_text("{}")
        return tmp_path

    return write


def test_a_folder_of_negmas_by_hand(folder):
    """Mid and 3: -0.5 + 2 * 0.5 + 0.5 * 1.5 for the buyer, 0.6 + 3 for the seller."""
    domain, (buyer, seller) = read_problem(folder())
    number = next(n for n in range(12) if domain.outcome(n) == ("mid", 3))
    assert utilities(domain, buyer)[number] == pytest.approx(1.25)
    assert utilities(domain, seller)[number] == pytest.approx(3.6)
    assert (buyer.reservation, seller.reservation) == (0.25, -math.inf)


def test_a_folder_of_negmas_as_negmas_reads_it(folder):
    """The same utilities, outcome by outcome, as from ``Scenario.load``."""
    negmas = needed("negmas", "NegMAS is an extra")
    scenario = negmas.Scenario.load(folder(), load_stats=False)
    domain, profiles = read_problem(folder())
    outcomes = list(scenario.outcome_space.enumerate_or_sample())
    assert [domain.outcome(n) for n in range(domain.outcomes)] == outcomes
    for profile, ufun in zip(profiles, scenario.ufuns, strict=True):
        expected = [float(ufun(outcome)) for outcome in outcomes]
        assert utilities(domain, profile) == pytest.approx(np.array(expected))


def test_what_negmas_writes_is_read(folder, tmp_path):
    """A list of all outcomes, a discount by step and linear functions, in YAML and in JSON."""
    negmas = needed("negmas", "NegMAS is an extra")
    issues = [negmas.make_issue(["a", "b"], "x"), negmas.make_issue(3, "n")]
    listed = negmas.MappingUtilityFunction(
        {(x, n): n * (1 + (x == "a")) for x in "ab" for n in range(3)}, issues=issues, name="list"
    )
    added = negmas.LinearAdditiveUtilityFunction(
        {"x": {"a": 1.0, "b": 0.5}, "n": {0: 2, 1: 1, 2: 0}}, issues=issues, name="added"
    )
    later = negmas.preferences.make_discounted_ufun(added, discount_per_round=0.9)
    scenario = negmas.Scenario(negmas.make_os(issues, name="two"), (listed, later))
    scenario.dumpas(tmp_path / "yml", type="yml")
    domain, (two, one) = read_problem(tmp_path / "yml")  # by the files' names
    assert domain.issues[0].name == "x, n" and domain.outcome(1) == ("a, 1",)
    assert utilities(domain, one).tolist() == [0, 2, 4, 0, 1, 2]
    assert utilities(domain, two).tolist() == [3, 2, 1, 2.5, 1.5, 0.5]
    assert "discounted by step" in two.remarks[0] + one.remarks[0]
    # NegMAS itself writes no lists of outcomes as JSON
    other = negmas.LinearAdditiveUtilityFunction(
        {"x": {"a": 0, "b": 4}, "n": {0: 0, 1: 0, 2: 1}}, issues=issues, name="other"
    )
    scenario = negmas.Scenario(negmas.make_os(issues, name="two"), (added, other))
    scenario.dumpas(tmp_path / "json", type="json")
    read = read_problem(tmp_path / "json")
    assert utilities(read[0], read[1][0]).tolist() == [3, 2, 1, 2.5, 1.5, 0.5]
    assert utilities(read[0], read[1][1]).tolist() == [0, 0, 1, 4, 4, 5]


def test_functions_of_numbers_by_hand(folder):
    """By name of the issue: a quadratic, a constant and a line, on numbers of all kinds."""
    space = """
type: CartesianOutcomeSpace
issues:
- {name: n, type: ContiguousIssue, values: [1, 2]}
- {name: r, type: ContinuousIssue, values: [0.0, 2.0]}
- {name: odd, type: DiscreteCardinalIssue, values: [1, 9]}
"""
    buyer = """
type: LinearAdditiveUtilityFunction
weights: {n: 1, r: 2, odd: 3}
values:
  odd: {type: LinearFun, slope: 0.5}
  r: {type: ConstFun, bias: 4}
  n: {type: QuadraticFun, a2: 1, a1: 2, bias: 3}
"""
    seller = "{type: AffineUtilityFunction, bias: 1, weights: [1, 10, 100]}"
    domain, (one, two) = read_problem(folder(space, buyer, seller))
    assert domain.outcomes == 2 * 21 * 2
    # n = 2, r = 2, odd = 9
    assert utilities(domain, one)[-1] == pytest.approx((4 + 4 + 3) + 2 * 4 + 3 * 4.5)
    assert utilities(domain, two)[-1] == pytest.approx(1 + 2 + 20 + 900)


LISTED = """
type: MappingUtilityFunction
default: 0.5
mapping:
  ? [low, 1]
  : 2.0
"""


def test_a_list_of_outcomes_with_a_default(folder):
    """What is not listed is worth the default; the other function is added up."""
    domain, (listed, seller) = read_problem(folder(buyer=LISTED))
    assert domain.outcomes == 12 and domain.outcome(5) == ("mid, 2",)
    assert utilities(domain, listed).tolist() == [2.0, *[0.5] * 11]
    assert utilities(domain, seller)[5] == pytest.approx(0.6 + 2)


def test_everything_below_zero(folder):
    """Where nothing is worth as much as 0 to both, the first line says so and the others answer."""
    found = analyse(folder(buyer=BUYER.replace("bias: -0.5", "bias: -50")))
    assert found["nash"] == [] and found["nash_reservation"] == []
    assert "Nash, from (0, 0)                   no outcome gives both at least 0" in table(found)
    assert len(found["utilitarian"]) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("space", "values: [low, mid, high]", "values: *x", "line 5: a reference (*name)"),
        ("space", "CategoricalIssue", "CallableIssue", "issue type 'CallableIssue' does not exist"),
        ("space", "[1, 4]", "[1, x]", "expected two numbers"),
        ("space", "[1, 4]", "[4, 1]", "lowerbound 4 lies above upperbound 1"),
        ("space", "name: quota, ", "", "issues.1.name: missing"),
        ("space", "type: Discrete", "type: !!python/name:os.system Discrete", "this is not YAML"),
        ("buyer", "TableFun", "LambdaFun", "value function 'LambdaFun' does not exist"),
        ("buyer", "mid: 0.5, ", "", "issue 'tariff': value 'mid' has no utility"),
        ("buyer", "[2.0, 0.5]", "[2.0]", "2 value functions and 1 weight; expected one of each"),
        ("buyer", "slope: -0.5", "slope: .nan", "slope = nan"),
        (
            "buyer",
            "weights: [2.0, 0.5]",
            "weights: {tariff: 1}",
            "weights: nothing for issue 'quota'",
        ),
        ("buyer", "weights: [2.0, 0.5]", "weights: {tarif: 1}", "Did you mean 'tariff'?"),
        ("buyer", "{type: AffineFun, slope: -0.5, bias: 3}", "7", "expected a table"),
        ("buyer", "reserved_value: 0.25", "reserved_value: .inf", "reservation value must be"),
        ("space", "[1, 4]", "[1, 2.5]", "expected two whole numbers"),
        ("space", "[1, 4]", "[1, 1000000]", "1,000,000 numbers; allowed: at most 100,000"),
        ("space", "issues:", "issue:", "issues: missing"),
        ("space", "DiscreteCartesianOutcomeSpace", "EnumeratingOutcomeSpace", "'EnumeratingOut"),
        (
            "seller",
            "{type: IdentityFun}",
            "{type: IdentityFun}\n- {type: IdentityFun}",
            "3 value fu",
        ),
        (
            "buyer",
            "TableFun, mapping: {low: 1.0, mid: 0.5, high: 0.0}",
            "IdentityFun",
            "not numbers",
        ),
        ("buyer", "bias: -0.5", "bias: -0.5\nbias: 1", "'bias' is there twice"),
        ("buyer", "LinearAdditive", "HyperRectangle", "utility function 'HyperRectangleUtil"),
        ("seller", "mapping: {low", "mapping: {[low]", "value 'low' has no utility"),
    ],
)
def test_wrong_files_of_negmas(folder, file, old, new, said):
    """Each is refused in a sentence; no class that a file names is imported."""
    text = {"space": SPACE, "buyer": BUYER, "seller": SELLER}[file]
    assert old in text
    with pytest.raises(InputError) as caught:
        analyse(folder(**{file: text.replace(old, new, 1)}))
    assert said in str(caught.value) and str(folder()) in str(caught.value)


def test_a_list_that_leaves_outcomes_out_is_refused(folder):
    """Without a default every outcome needs a utility."""
    with pytest.raises(InputError, match="outcome 'low, 2' has no utility"):
        read_problem(folder(buyer=LISTED.replace("default: 0.5\n", "")))


def test_folders_that_hold_no_problem(tmp_path, folder):
    """What is missing, and what is too much, is counted."""
    with pytest.raises(InputError, match=r"0 domains \(none\) and 0 profiles \(none\)"):
        read_problem(tmp_path)
    folder()
    (tmp_path / "3.yml").write_text(BUYER)
    with pytest.raises(InputError, match=r"3 profiles \(1.yml, 2.yaml, 3.yml\)"):
        read_problem(tmp_path)
    with pytest.raises(InputError, match="cannot be read as a folder"):
        read_problem(tmp_path / "none")
    with pytest.raises(InputError, match="this is no folder"):
        read_problem(tmp_path / "3.yml")
    with pytest.raises(InputError, match="4 files"):
        read_problem(*[tmp_path / "3.yml"] * 4)
