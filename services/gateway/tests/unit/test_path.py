from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_gateway import path


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("/", ()),
        ("/a", ("a",)),
        ("/a/", ("a",)),
        ("/a/b.json", ("a", "b.json")),
        ("/a/b%20c", ("a", "b%20c")),
        ("/a/caf%C3%A9", ("a", "caf%C3%A9")),
    ],
)
def test_honest_paths_are_split(written, parts):
    """A path that means one thing is split into its segments, undecoded."""
    assert parts == path.segments(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a",
        "//",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/..",
        "/a/.",
        "/a\\b",
        "/a;b",
        "/a?b",
        "/a#b",
        "/a b",
        "/é",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/%2e%2e/b",
        "/.%2e/b",
        "/a%3bb",
        "/a%3fb",
        "/a%25b",
        "/a%252fb",
        "/%61",
        "/a%00",
        "/a%0d%0ab",
        "/a%7f",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%ff",
        "/a%c0%ae",
        "/a\x00",
        "/a\n",
    ],
)
def test_disguised_paths_mean_nothing(written):
    """A path that could be read in two ways is not read at all."""
    assert path.segments(written) is None


@given(st.text())
def test_segments_hold_no_surprise(written):
    """Whatever is written, no segment is empty, a step up, or holds a separator."""
    parts = path.segments(written)
    assert parts is None or not any(
        part in ("", ".", "..") or set(part) & set("/\\;?# ") for part in parts
    )


@given(st.text(min_size=1).map(lambda text: quote(text.strip("/.") or "x", safe="")))
def test_reading_twice_changes_nothing(segment):
    """A path that is understood is understood in the same way again."""
    parts = path.segments("/" + segment)
    assert parts is None or parts == path.segments("/" + "/".join(parts))


@pytest.mark.parametrize(("written", "plain"), [("/a-b_c.d~e", True), ("/a%20b", False)])
def test_plain_needs_no_encoding(written, plain):
    """A plain path holds no encoded character."""
    assert plain is path.is_plain(written)
