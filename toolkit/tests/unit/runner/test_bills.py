"""What environments cost, for the catalog."""

from datetime import date

from groundplan.runner import bills

TODAY = date(2026, 11, 22)


def test_every_environment_but_this_machine_has_a_bill(reference):
    """In the file's order, as plain values."""
    found = bills.of({"local": reference, "dev": reference, "prod": reference}, TODAY)
    assert ["dev", "prod"] == [each["environment"] for each in found]
    assert all(each["estimate"]["total"]["expected"] > 0 for each in found)
    assert all(each["problem"] is None for each in found)


def test_what_has_no_price_says_so_and_stops_nothing(reference):
    """A region that the table lacks must not keep a platform from starting."""
    elsewhere = reference.model_copy(update={"region": "sa-east-1"})
    (found,) = bills.of({"dev": elsewhere}, TODAY)
    assert found["estimate"] is None
    assert "region: sa-east-1 is not in the table of prices" == found["problem"]
