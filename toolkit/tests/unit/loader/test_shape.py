"""Asking the schema about a path."""

from groundplan.loader import shape
from groundplan.model import written


def test_knows_the_keys_of_every_mapping() -> None:
    """Through names, lists and fields that may be left out."""
    assert "replicas" in shape.known_keys(("services", "any"))
    assert "timeout" in shape.known_keys(("services", "any", "routes", 0))
    assert "asgi" in shape.known_keys(("services", "any", "run"))
    assert "services" in shape.known_keys(())
    assert [] == shape.known_keys(("name",))
    assert [] == shape.known_keys(("nowhere", "at", 0, "all"))


def test_knows_what_belongs_at_a_path() -> None:
    """Words of a list first, then the field's own description."""
    assert "`groundplan/v1`" == shape.expectation(("apiVersion",))
    assert "one of per-zone, single, none" == shape.expectation(("network", "nat"))
    assert "RDS instance class" == shape.expectation(("database", "instance"))
    assert "" == shape.expectation(("nowhere",))


def test_knows_how_a_quantity_is_written() -> None:
    """A path to a quantity leads to its writer, others to none."""
    assert written.duration is shape.writer(("services", "a", "drain"))
    assert written.duration is shape.writer(("services", "a", "routes", 0, "timeout"))
    assert None is shape.writer(("name",))
