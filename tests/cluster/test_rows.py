"""Rows of messages: what is joined is cut again, and what does not add up is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.cluster.rows import RowError, cut, joined


@given(st.lists(st.binary(max_size=40), max_size=30))
def test_what_is_joined_is_cut_again(messages):
    sizes, contents = joined(messages)
    assert cut(sizes, contents, 30) == tuple(messages)


@pytest.mark.parametrize(
    ("sizes", "contents"),
    [([1], b""), ([], b"a"), ([2, 2], b"abc"), ([1, 1, 1, 0], b"abc"), ([2**32 - 1], b"a")],
)
def test_what_does_not_add_up_is_refused(sizes, contents):
    with pytest.raises(RowError, match="have come"):
        cut(sizes, contents, 3)
