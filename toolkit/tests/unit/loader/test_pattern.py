"""Every pattern of the model has words."""

from collections.abc import Iterator
from typing import Any

import pytest

from groundplan.loader import pattern, shape
from groundplan.model import network, quantity

READ_BY_THE_MODEL = {
    quantity.DURATION, quantity.SIZE, quantity.BANDWIDTH, quantity.CPU, quantity.SHARE,
    quantity.RANGE, quantity.RATE, network.CIDR_PATTERN,
}  # fmt: skip
"""Patterns of the schema only: the model's own readers say what is wrong with these."""


def patterns(schema: Any) -> Iterator[str]:
    """Yield every pattern in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        yield from schema.get("patternProperties", ())
        for each in schema.values():
            yield from patterns(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from patterns(each)


def test_every_pattern_has_words() -> None:
    """No one is ever shown a regular expression."""
    asked = set(patterns(shape.schema())) - READ_BY_THE_MODEL
    assert len(asked) > 10
    assert all(pattern.words(each)[0].startswith("must") for each in asked)


def test_a_pattern_without_words_is_an_error() -> None:
    """A new pattern is noticed here, not by a user."""
    with pytest.raises(KeyError):
        pattern.words("^new$")
