"""Fields of records are read the same with and without the compiler."""

from __future__ import annotations

import pytest

from negotiation.records import Real, layout


class Fine:
    """A record whose field has a name of its own."""

    count: Real


class Taken:
    """A record one of whose fields NumPy's records would answer for."""

    count: Real
    size: Real


def test_a_name_that_numpy_has_taken_is_refused():
    """Without the compiler ``record.size`` is 1, whatever the field holds."""
    assert layout(Fine).names == ("count",)
    with pytest.raises(TypeError, match="Taken: size"):
        layout(Taken)
