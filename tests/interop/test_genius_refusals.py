"""Files that are wrong or hostile: each is refused in one sentence that names the place."""

from __future__ import annotations

import os

import pytest

from negotiation.errors import InputError, MissingFile
from negotiation.interop import hardened_xml
from negotiation.interop.domain import (
    DiscreteIssue,
    Domain,
    IntegerIssue,
    Profile,
    RealIssue,
    check_fit,
    utilities,
)
from negotiation.interop.evaluators import Linear, Ratings, Triangular
from negotiation.interop.genius_reader import read_domain, read_profile

LAUGHS = "".join(
    f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' if k else '<!ENTITY l0 "ha">' for k in range(10)
)


def refusal(path, domain=None):
    """Read a file that must be refused and return the sentence."""
    with pytest.raises(InputError) as caught:
        read_domain(path) if domain is None else read_profile(path, domain)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY e "inner">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "<!DOCTYPE negotiation_template>",
        f"<!DOCTYPE x [{LAUGHS}]>",
    ],
    ids=["external", "internal", "remote", "parameter", "bare", "laughs"],
)
def test_document_types(texts, problem, doctype):
    """No document type, so no entity can be declared, fetched or expanded."""
    texts["domain.xml"] = f"{doctype}\n" + texts["domain.xml"].replace("holiday", "&e;&l9;")
    sentence = refusal(problem(texts)[0])
    assert "line 1" in sentence
    assert "DOCTYPE" in sentence


def test_undeclared_entity(texts, problem):
    """An entity that is used without being declared is not well-formed."""
    texts["domain.xml"] = texts["domain.xml"].replace('"sea"', '"&sea;"')
    assert "line 5, in issue 'Place': this is not well-formed XML" in refusal(problem(texts)[0])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('<item index="2" value', '<item index="2"value', "line 6, in issue 'Place'"),
        ('"hills"', '"hills & woods"', "line 6, in issue 'Place'"),
        ('name="Days" type', 'name="Days"type', "line 8, after issue 'Place'"),
        ("</negotiation_template>", "", "line 12, after issue 'Days'"),
        ('"hills"', '"hills\x00"', "line 6, in issue 'Place'"),
        ("</utility_space>", "</objective>", "line 10, after issue 'Days'"),
    ],
    ids=["no-space", "ampersand", "no-space-issue", "cut", "nul", "crossed"],
)
def test_not_well_formed(texts, problem, old, new, place):
    """Broken XML is refused with the line and the nearest issue."""
    texts["domain.xml"] = texts["domain.xml"].replace(old, new, 1)
    sentence = refusal(problem(texts)[0])
    assert "this is not well-formed XML" in sentence
    assert place in sentence


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 20, b"PK\x03\x04", b"hello", b'{"a": 1}'],
    ids=["png", "bytes", "zip", "text", "json"],
)
def test_not_xml(tmp_path, content):
    """Other kinds of file are refused as what they are not."""
    path = tmp_path / "junk.xml"
    path.write_bytes(content)
    assert "line 1: this is not well-formed XML" in refusal(path)


def test_files_that_are_no_files(tmp_path):
    """Nothing there, a directory, a pipe that would block, an empty file, a name with NUL."""
    with pytest.raises(MissingFile):
        read_domain(tmp_path / "none.xml")
    assert "there is no such file" in refusal(tmp_path / "none.xml")
    assert "this is a directory" in refusal(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not a regular file" in refusal(pipe)
    empty = tmp_path / "empty.xml"
    empty.write_text(" \n")
    assert "the file is empty" in refusal(empty)
    with pytest.raises(InputError, match="not a file name"):
        read_domain("a\0b")
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000))


def test_encodings_that_are_not_supported(tmp_path):
    """An encoding that XML parsers do not know, or that is no text encoding."""
    for name in ("no-such-encoding", "utf-7", "rot13", "base64"):
        path = tmp_path / f"{name}.xml"
        path.write_text(f'<?xml version="1.0" encoding="{name}"?><negotiation_template/>')
        assert "encoding" in refusal(path)


def test_sizes(tmp_path, monkeypatch):
    """A file too large, with too many elements, or nested too deeply is not taken in."""
    path = tmp_path / "d.xml"
    path.write_text("<a>" + "<b/>" * 11 + "</a>")
    monkeypatch.setattr(hardened_xml, "MAX_ELEMENTS", 10)
    assert "more than 10 elements" in refusal(path)
    monkeypatch.setattr(hardened_xml, "MAX_BYTES", 30)
    assert "larger than 30 bytes" in refusal(path)
    monkeypatch.undo()
    path.write_text("<a>" * 100_000)
    assert "nested more than 50 deep" in refusal(path)


def test_too_many_values(texts, problem):
    """More than five million values are refused before any is made; so is a list of outcomes."""
    texts["domain.xml"] = texts["domain.xml"].replace('upperbound="4"', 'upperbound="2000000000"')
    assert "have 2,000,000,001 values; at most 5,000,000" in refusal(problem(texts)[0])
    large = Domain("large", tuple(IntegerIssue(k, "n", 0, 9) for k in range(40)))
    with pytest.raises(InputError, match=r"about 10\^40 outcomes; at most 5,000,000 are listed"):
        utilities(large, Profile((0.0,) * 40, (Linear(1.0, 0.0),) * 40))
    with pytest.raises(InputError, match="501 issues; at most 500"):
        Domain("wide", tuple(IntegerIssue(k, "n", 0, 0) for k in range(501)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("negotiation_template", "utility_space", "the root is 'utility_space'"),
        ('name="Days" type="integer"', 'name="Days" type="intger"', "Did you mean 'integer'?"),
        ('index="2" name', 'index="1" name', "line 8, issue 'Days': the index 1 is already"),
        ('index="2" name', 'index="two" name', "must be a whole number, not 'two'"),
        (' index="2" name', " name", "issue 'Days': <issue> has no attribute 'index'"),
        (' value="hills"', "", "<item> has no attribute 'value'"),
        ('upperbound="4"', "", "line 8, issue 'Days': <issue> has no attribute 'upperbound'"),
        ('upperbound="4"', 'upperbound="1"', "lowerbound 2 lies above upperbound 1"),
        ('upperbound="4"', 'upperbound="4.5"', "must be a whole number, not '4.5'"),
        ("<item", "<thing", "line 4, issue 'Place': a discrete issue needs at least one item"),
        ("issue", "thing", "line 1: the domain has no issue"),
        ('number_of_issues="0"', 'type="NONLINEAR"', "only linear additive ones"),
    ],
)
def test_wrong_domains(texts, problem, old, new, said):
    """A domain that says something impossible is refused where it says it."""
    assert old in texts["domain.xml"]
    texts["domain.xml"] = texts["domain.xml"].replace(old, new)
    assert said in refusal(problem(texts)[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("utility_space", "negotiation_template", "the root is 'negotiation_template'"),
        ('value="0.75"', 'value="NaN"', "line 11: issue 'Place': value of <weight> must be a fin"),
        ('value="0.75"', 'value="-0.75"', "issue 'Place': weight must be a finite number of at l"),
        ('value="0.75"', 'value="1e999"', "issue 'Place': weight must be a finite number"),
        ('value="0.75"', 'value="0,75"', "not '0,75'"),
        ('value="0.75"', 'value="1_0"', "not '1_0'"),
        (' value="0.75"', "", "issue 'Place': <weight> has no attribute 'value'"),
        ('<weight index="1" value="0.75"/>', "", "line 3, issue 'Place': there is no <weight"),
        ('<weight index="2"', '<weight index="1"', "the weight of issue 'Place' is there twice"),
        ('<weight index="2"', '<weight index="7"', "line 10: <weight index='7'> belongs to no"),
        ('evaluation="2"', 'evaluation="1e999"', "line 3, issue 'Place': evaluation must be a fi"),
        ('evaluation="2"', 'evaluation="inf"', "item 'hills': evaluation of <item> must be a f"),
        (' evaluation="2"', "", "item 'hills': <item> has no attribute 'evaluation'"),
        ('evaluation="2"', 'evaluation="null"', "not 'null'"),
        ('value="hills"', 'value="hill"', "'hill' is not in the domain. Did you mean 'hills'?"),
        ('value="hills"', 'value="sea"', "the item 'sea' is there twice"),
        ('<item index="2" value="hills" evaluation="2"/>', "", "item 'hills' has no evaluation"),
        ('name="Place" type="discrete"', 'name="Place" type="integer"', "integer here and discre"),
        ('name="Days" type="integer"', 'name="Days" type="mystery"', "type 'mystery' does not"),
        ('index="2" name', 'index="5" name', "line 7, issue 'Days': the domain has no issue wit"),
        ('index="2" name', 'index="1" name', "the index 1 is already taken"),
        ('<evaluator ftype="linear" slope="0.5" offset="0"/>', "", "line 7, issue 'Days': there a"),
        ('ftype="linear"', 'ftype="liner"', "Did you mean 'linear'?"),
        ('ftype="linear"', 'ftype="triangular"', "allowed on this issue: linear, constant"),
        (' slope="0.5"', "", "<evaluator> has no attribute 'slope'"),
        ('slope="0.5"', 'slope="1e400"', "slope must be a finite number"),
        ('lowerbound="2"', 'lowerbound="1"', "the lowerbound is '1' here and 2 in the domain"),
        ('reservation value="0.2"', 'reservation value="NaN"', "line 14: value of <reservation>"),
        ('reservation value="0.2"', 'reservation value="2"', "number of at most 1, not 2.0"),
        ('discount_factor value="0.5"', 'discount_factor value="nan"', "line 13: value of <disc"),
        (
            "<discount_factor", '<reservation value="0"/><discount_factor',
            "line 14: <reservation> is there twice, with the value 0 in line 13 and 0.2",
        ),
        (
            '<item index="2" value="hills" evaluation="2"/>',
            '<item value="hills" evaluation="2"/><item value="hills" evaluation="3"/>',
            "item 'hills' is there twice, with the evaluation 2 in line 5 and 3 in line 5",
        ),
        (
            '<evaluator ftype="linear" slope="0.5" offset="0"/>',
            '<evaluator ftype="linear" slope="0.5" offset="0"/><evaluator ftype="linear"/>',
            "there are 2 evaluators",
        ),
    ],
)  # fmt: skip
def test_wrong_profiles(texts, problem, old, new, said):
    """A profile that leaves a utility open is refused where it does so."""
    assert old in texts["profile1.xml"]
    texts["profile1.xml"] = texts["profile1.xml"].replace(old, new)
    paths = problem(texts)
    assert said in refusal(paths[1], read_domain(paths[0]))


def test_missing_issue(texts, problem):
    """A profile without one of the domain's issues names that issue."""
    start = texts["profile1.xml"].index('<issue index="2"')
    end = texts["profile1.xml"].index("<weight")
    texts["profile1.xml"] = texts["profile1.xml"][:start] + texts["profile1.xml"][end:]
    paths = problem(texts)
    said = refusal(paths[1], read_domain(paths[0]))
    assert "there is no evaluator for issue 'Days' (index 2) of the domain" in said


def test_long_and_strange_names_are_shown_safely(texts, problem):
    """A name that would fill or redirect the terminal is quoted and cut."""
    name = "\u202e\x9b31m&#10;" + "x" * 100_000
    texts["domain.xml"] = texts["domain.xml"].replace("Days", name).replace('"4"', '"1"')
    sentence = refusal(problem(texts)[0])
    assert sentence.isprintable()
    assert len(sentence) < 500


@pytest.mark.parametrize(
    "make",
    [
        lambda: Profile((1.0,), ()),
        lambda: Profile((float("nan"),), (Ratings((1.0,)),)),
        lambda: Profile((1.0,), (Ratings((1.0,)),), discount=2.0),
        lambda: Triangular(0.0, 1.0, 2.0),
        lambda: RealIssue(1, "p", 2.0, 1.0),
        lambda: RealIssue(1, "p", -1e308, 1e308),
        lambda: Domain("none", ()),
        lambda: Domain("two", (IntegerIssue(1, "n", 0, 1),)).outcome(2),
        lambda: Domain("two", (IntegerIssue(1, "n", 0, 1),)).outcome(-1),
        lambda: check_fit(IntegerIssue(1, "n", 0, 1), Ratings((1.0, 2.0))),
        lambda: check_fit(DiscreteIssue(1, "d", ("a", "b")), Ratings((1.0,))),
        lambda: check_fit(DiscreteIssue(1, "d", ("a", "b")), Linear(1.0, 0.0)),
        lambda: check_fit(IntegerIssue(1, "n", 0, 1), Triangular(0.0, 1.0, 0.5)),
        lambda: utilities(
            Domain("d", (IntegerIssue(1, "n", 0, 1), IntegerIssue(2, "m", 0, 1))),
            Profile((1.0,), (Linear(1.0, 0.0),)),
        ),
    ],
)
def test_objects_refuse_what_files_may_not_say(make):
    """The rules hold for problems made in Python as for those read from files."""
    with pytest.raises(InputError):
        make()
