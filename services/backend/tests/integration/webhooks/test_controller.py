"""Webhooks are for administrators."""

import uuid
from typing import Any

import pytest

WEBHOOKS = "/api/v1/delivery/webhooks"


@pytest.mark.parametrize("name", ["reader", "deployer"])
def test_others_see_nothing(replica: Any, name: str) -> None:
    """Where events are sent is the administrators' business."""
    with replica.client(replica.signed_in(f"{name}@groundplan.example")) as client:
        assert 403 == client.get(WEBHOOKS).status_code
        assert 403 == client.post(WEBHOOKS, json={"url": "https://a.example/"}).status_code


def test_what_there_is_not_is_not_found(replica: Any) -> None:
    """Every path of an unknown webhook is 404."""
    missing, delivery = f"{WEBHOOKS}/{uuid.uuid4()}", uuid.uuid4()
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        answers = [
            client.get(missing),
            client.get(f"{missing}/deliveries"),
            client.patch(missing, json={"enabled": False}),
            client.delete(missing),
            client.post(f"{missing}/pings"),
            client.post(f"{missing}/deliveries/{delivery}/attempts"),
        ]
    assert [404] * len(answers) == [answer.status_code for answer in answers]
