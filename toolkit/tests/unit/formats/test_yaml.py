"""YAML."""

import math
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from groundplan.formats import yaml

TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        *("y", "No", "ON", "off", "true", "~", "null", ".nan", "=", "<<", "", " ", "- a", "a: b"),
        *("1.30", "1:30", "0o7", "0x1", "1e3", "1_000", "2024-01-01", "+.inf", "a #b", "a:", "%a"),
        *("a\nb", "a\n", "\na", "a\n\n", " a\nb", "a\n b\n", "a\tb", "a\r\nb", "\ufeffa", "---"),
    ]
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBERS | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_every_reader_understands_the_same(value: Any) -> None:
    """A reader of YAML 1.1, the strictest about odd words, gets back what was written."""
    assert value == pyyaml.safe_load(yaml.dump(value))


@given(VALUES)
def test_writes_the_same_bytes(value: Any) -> None:
    """Writing twice gives the same text, in lines without spaces at their end."""
    text = yaml.dump(value)
    assert text == yaml.dump(value)
    assert text.endswith("\n")


def test_looks_as_people_write_it() -> None:
    """Lists stand below their key, long text below a bar, odd words in quotes."""
    value = {
        "kind": "ConfigMap",
        "on": "y",
        "version": "1.30",
        "image": "nginx:1.31",
        "list": [{"a": 1, "b": [2]}, [3], {}, []],
        "text": "one\n  two\n",
        "none": None,
        "share": 0.5,
    }
    expected = """\
kind: ConfigMap
"on": "y"
version: "1.30"
image: nginx:1.31
list:
- a: 1
  b:
  - 2
- - 3
- {}
- []
text: |
  one
    two
none: null
share: 0.5
"""
    assert expected == yaml.dump(value)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (math.nan, ValueError),
        (math.inf, ValueError),
        ({1: 2}, TypeError),
        ({"a": {1}}, TypeError),
        (b"x", TypeError),
    ],
)
def test_refuses_what_readers_disagree_on(value: Any, error: type[Exception]) -> None:
    """Numbers without a value, keys that are no text and foreign objects are refused."""
    with pytest.raises(error):
        yaml.dump(value)
