"""Files that nobody wrote on purpose: every one is analysed or refused in one sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.interop.genius import analyse, table

REAL = """<issue index="3" name="Price" type="real">
<range lowerbound="10" upperbound="30"/>{}</issue>
</objective>"""
LINE = '<evaluator ftype="linear" parameter1="0.05" parameter0="-0.5"/>'
WEIGHT = '<weight index="3" value="0.1"/><objective'
KEYS = (
    "outcomes", "ranges", "pareto", "nash", "nash_reservation", "kalai_smorodinsky",
    "egalitarian", "utilitarian",
)  # fmt: skip
# what people and machines put into such files
WORDS = [
    "NaN", "inf", "-Infinity", "1e999", "-1", "0", "1e-320", "9" * 400, "", " ", "０", "0x1", "1,5",
    "true", "&amp;", "&lt;", "&x;", "&#0;", "&#x10ffff;", "<", ">", "\"", "'", "\0", "\ud800", "﻿",
    "<!DOCTYPE a>", "<!-- -->", "<![CDATA[x]]>", "<?php ?>", "<item/>", "</issue>", "<issue>",
    '<issue index="1"/>', "<objective>", 'type="real"', 'type="integer"', 'type="Integer"',
    'ftype="triangular"', 'index="2"', "\r\n", "discrete", "integer", "99999999999", "2.5",
    '<weight index="1" value="1"/>', "<reservation/>", '<discount_factor value="2"/>',
]  # fmt: skip
CHANGE = st.tuples(
    st.integers(0, 2),
    st.integers(0, 2000),
    st.integers(0, 60),
    st.one_of(st.sampled_from(WORDS), st.text(max_size=6)),
)


def sound(texts: dict[str, str]) -> list[str]:
    """The holiday problem with a third issue, a price that may be any number."""
    domain, *profiles = texts.values()
    return [
        domain.replace("</objective>", REAL.format("")),
        *(
            text.replace("</objective>", REAL.format(LINE), 1).replace("<objective", WEIGHT, 1)
            for text in profiles
        ),
    ]


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGE, max_size=4), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
@example([], "utf-8")
@example([(1, 0, 0, "﻿")], "utf-8")
def test_changed_files_are_analysed_or_refused(texts, changes, encoding):
    """Parts cut out and others put in, anywhere: an answer in range, or one line that says why."""
    files = sound(texts)
    for which, place, length, put in changes:
        text = files[which]
        place %= len(text)
        files[which] = text[:place] + put + text[place + length :]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{k}.xml") for k in range(3)]
        for path, text in zip(paths, files, strict=True):
            path.write_bytes(text.encode(encoding, "replace"))
        try:
            found = analyse(*paths)
        except InputError as error:
            sentence = str(error)
            assert sentence.count("\n") == 0 and sentence.endswith((".", "?")), sentence
            assert len(sentence.replace(folder, "")) < 400
            return
    assert all(key in found for key in KEYS)
    assert all(0.0 <= u <= 1.0 for pair in found["pareto"] for u in pair)
    assert found["nash"] and found["utilitarian"]
    assert table(found)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=3, max_size=3))
def test_any_bytes_are_refused(contents):
    """No file of random bytes is a domain."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{k}.xml") for k in range(3)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        try:
            analyse(*paths)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            raise AssertionError("random bytes were read as a domain")


def test_the_sound_files_are_sound(texts, tmp_path):
    """What the changes start from is a problem of 126 outcomes with a real issue."""
    paths = [tmp_path / f"{k}.xml" for k in range(3)]
    for path, text in zip(paths, sound(texts), strict=True):
        path.write_text(text)
    found = analyse(*paths)
    assert found["outcomes"] == 2 * 3 * 21 and found["real_issues"] == ["Price"]
    assert "Any number is allowed on Price; 21 equally spaced values" in table(found)
