"""JSON."""

import math

import pytest

from groundplan.formats import json


def test_writes_for_people_and_always_the_same() -> None:
    """Keys stay in the order given, letters stay letters, one newline ends the text."""
    value = {"b": [1, (2, "é")], "a": None, "e": {}}
    expected = (
        '{\n  "b": [\n    1,\n    [\n      2,\n      "é"\n    ]\n  ],\n'
        '  "a": null,\n  "e": {}\n}\n'
    )
    assert expected == json.dump(value) == json.dump(value)


def test_refuses_what_json_cannot_say() -> None:
    """Infinity is no JSON."""
    with pytest.raises(ValueError):
        json.dump(math.inf)
    with pytest.raises(TypeError):
        json.dump({"a": object()})
