"""What every part of the model has in common."""

import pytest
from pydantic import ValidationError

from groundplan.model.entity import Count, Entity, Name


class Thing(Entity):
    """An example."""

    first_name: Name
    how_many: Count = 0


def test_reads_camel_case_and_writes_it() -> None:
    """Keys are camelCase in the file and snake_case in Python."""
    thing = Thing.model_validate({"firstName": "a", "howMany": 3})
    assert 3 == thing.how_many
    assert {"firstName": "a", "howMany": 3} == thing.model_dump(by_alias=True)


@pytest.mark.parametrize(
    "values",
    [
        {"firstName": "a", "other": 1},
        {"firstName": "a", "howMany": "3"},
        {"firstName": "a", "howMany": True},
        {"firstName": "a", "howMany": -1},
        {"firstName": "a", "howMany": 10**9},
        {"firstName": "A"},
        {"firstName": "a-"},
        {"firstName": "a" * 41},
        {},
    ],
)
def test_is_strict(values: dict[str, object]) -> None:
    """Unknown keys, other types, wild numbers and names that no host can have are refused."""
    with pytest.raises(ValidationError):
        Thing.model_validate(values)


def test_cannot_be_changed() -> None:
    """What was decided stays."""
    with pytest.raises(ValidationError):
        Thing(first_name="a").first_name = "b"  # type: ignore[misc]
