"""Which environments there are, from the catalog."""

from typing import Any

import pytest

from groundplan_backend.delivery.environments import Environments
from groundplan_backend.errors import InvalidRequest
from groundplan_backend.redis.cache import Answer, Outcome

BODY = b'{"items":[{"name":"local","replicas":{}},{"name":"prod","approvals":2}],"next":null}'


class Catalog:
    """A catalog with two environments."""

    body = BODY

    async def environments(self, *, fresh: bool) -> Answer:
        """Return them as the cache would."""
        return Answer(self.body, Outcome.HIT)


async def test_approvals_come_from_the_catalog() -> None:
    """As many as it says."""
    catalog: Any = Catalog()
    environments = Environments(catalog)
    assert {"local": 0, "prod": 2} == await environments.approvals()
    assert 2 == await environments.approvals_of("prod")


@pytest.mark.parametrize(("name", "expected"), [("local", 0), ("prod", 1)])
async def test_production_never_asks_for_nothing_by_silence(name: str, expected: int) -> None:
    """The catalog of an older release does not say it; production asks for one all the same."""
    catalog: Any = Catalog()
    catalog.body = b'{"items":[{"name":"%b"}],"next":null}' % name.encode()
    assert expected == await Environments(catalog).approvals_of(name)


async def test_an_unknown_one_is_refused_by_its_field() -> None:
    """The refusal names those that there are."""
    catalog: Any = Catalog()
    with pytest.raises(InvalidRequest) as refused:
        await Environments(catalog).approvals_of("mars")
    assert ("environment", "is none of local, prod") == (
        refused.value.errors[0].path,
        refused.value.errors[0].message,
    )
