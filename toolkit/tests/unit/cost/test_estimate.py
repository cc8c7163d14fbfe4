"""The whole bill of an environment."""

import pytest

from groundplan.cost import estimate
from groundplan.cost.line import Component
from groundplan.cost.prices.table import SHEETS
from groundplan.errors import UsageError
from groundplan.loader import extend, load


def test_every_component_of_the_reference_is_paid(bill_of) -> None:
    """Each but the way in of administrators, which is off."""
    assert set(Component) - {Component.ACCESS} == set(bill_of().by_component)


def test_no_two_lines_have_one_key(bill_of) -> None:
    """Two bills meet line by line."""
    keys = [each.key for each in bill_of().lines]
    assert len(keys) == len(set(keys))


def test_ends_enclose_what_is_expected(bill_of) -> None:
    """In every line, the least is not above the expected, nor that above the most."""
    for each in bill_of().lines:
        assert 0 <= each.cost.low <= each.cost.expected <= each.cost.high, each.name


def test_what_is_not_exact_says_what_is_assumed(bill_of) -> None:
    """A range without an assumption would be a guess; what follows nodes ranges by the file."""
    by_file = ("node volumes", "node monitoring")
    silent = [
        each.name
        for each in bill_of().lines
        if not each.cost.is_exact and not each.assumption and each.name not in by_file
    ]
    assert [] == silent


@pytest.mark.parametrize("region", SHEETS)
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_reference_is_priced_in_every_region(region, environment, today) -> None:
    """Nothing that it uses is missing in a sheet."""
    platform = load(extend.REFERENCE, environment).model_copy(update={"region": region})
    bill = estimate(platform, environment, today)
    assert 100 < bill.total.expected < 2000


def test_tags_are_those_of_the_file_and_the_stack(bill_of) -> None:
    """What Terraform puts on everything."""
    tags = bill_of("name: shop\nowner: web\ncost: {tags: {team: shop}}\n", "prod").tags
    assert ("shop-prod", "web", "shop") == (tags["stack"], tags["owner"], tags["team"])


def test_an_unknown_region_names_the_known_ones(platform_with, today) -> None:
    """One clear error."""
    with pytest.raises(UsageError, match=r"region: ap-south-1 is not in the table") as raised:
        estimate(platform_with("region: ap-south-1\n"), "dev", today)
    assert "known are us-east-1, eu-west-1, eu-central-1" == raised.value.hint
