import msgspec
import pytest

from groundplan_backend.catalog import loading, schemas

_FILE = {
    "platform": {"name": "groundplan", "zones": ["a"], "more": "is ignored"},
    "environments": [{"name": "dev", "replicas": {"backend": {"min": 1, "max": 2}}}],
    "components": [
        {"name": "backend", "kind": "backend", "tier": "application", "calls": ["cache"]},
        {"name": "cache", "kind": "cache", "tier": "data"},
    ],
}


def _catalog() -> schemas.CatalogFile:
    return msgspec.convert(_FILE, schemas.CatalogFile)


def test_arrows_and_tiers_come_from_the_components() -> None:
    """Only tiers that have a component are shown, in the order of a request."""
    platform = loading._platform(_catalog())
    assert ["application", "data"] == platform.tiers
    assert [("backend", "cache")] == [(one.source, one.target) for one in platform.arrows]


def test_a_row_knows_its_callers() -> None:
    """The detail is made once, when the catalog is loaded."""
    catalog = _catalog()
    row = loading._row(catalog.components[1], catalog)
    detail = msgspec.json.decode(row[-1], type=schemas.ServiceDetail)
    assert ("cache", ["backend"]) == (detail.name, detail.called_by)


def test_a_catalog_without_bills_is_loaded() -> None:
    """Who renders the file need not know what things cost."""
    assert [] == _catalog().bills


def test_a_bill_is_read_as_it_is_shown() -> None:
    """An environment without prices has a reason and no estimate."""
    bill = {"environment": "dev", "estimate": None, "problem": "region: mars-1 is not known"}
    (found,) = msgspec.convert({**_FILE, "bills": [bill]}, schemas.CatalogFile).bills
    assert bill == msgspec.to_builtins(found)


@pytest.mark.parametrize("kind", ["microservice", "", 1])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    """A file that the API could not describe is not loaded."""
    components = [{"name": "x", "kind": kind, "tier": "data"}]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**_FILE, "components": components}, schemas.CatalogFile)
