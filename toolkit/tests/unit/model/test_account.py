"""What an account is told: forms of names, and defaults that watch."""

import pytest
from pydantic import ValidationError

from groundplan.model.account import Backup, Delivery, Edge, Guards


def test_everything_watches_unless_switched_off() -> None:
    """All guards are on by default."""
    assert all(Guards().model_dump().values())


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Backup, {"copyTo": "vault"}),
        (Delivery, {"repository": "shop"}),
        (Delivery, {"stateBucket": "Shop"}),
        (Delivery, {"pullers": ["12345678901"]}),
        (Edge, {"zoneId": "zone"}),
        (Edge, {"requests": 99}),
    ],
)
def test_names_have_the_form_that_aws_gives_them(
    kind: type[Backup | Delivery | Edge], values: dict[str, object]
) -> None:
    """ARNs, repositories, buckets, accounts and zones are told from other words."""
    with pytest.raises(ValidationError):
        kind.model_validate(values)


def test_names_of_that_form_are_taken() -> None:
    """Negative control: the right forms are no errors."""
    vault = "arn:aws:backup:eu-west-1:123456789012:backup-vault:copies"
    assert vault == Backup.model_validate({"copyTo": vault}).copy_to
    assert "shop/shop" == Delivery.model_validate({"repository": "shop/shop"}).repository
    assert "Z0123ABC" == Edge.model_validate({"zoneId": "Z0123ABC"}).zone_id
