"""A bill as text."""

from groundplan.cost import difference
from groundplan.cost.page import compared, page, summary
from groundplan.cost.savings import Saving

NAT = "network: {nat: single}\n"


def test_the_first_sentence_holds_the_bill_against_the_budget(bill_of) -> None:
    """Over or under, by how much."""
    poor, rich = bill_of("cost: {budget: 1}\n"), bill_of("cost: {budget: 100000}\n")
    assert summary(poor).endswith("over the budget of 1")
    assert summary(rich).endswith("under the budget of 100,000")
    assert summary(poor).startswith("dev in us-east-1: ")


def test_each_line_shows_quantity_price_and_range(bill_of) -> None:
    """What a reader can calculate again."""
    (row,) = [each for each in page(bill_of(NAT), ()) if each.startswith("  NAT gateways ")]
    assert "1 x NAT gateway, single: 730 x 0.045 per hour" in row
    assert ["32.85"] * 3 == row.split()[-3:]


def test_doubtful_prices_are_marked_and_named(bill_of) -> None:
    """With a question mark in the line, and by name at the end."""
    text = list(page(bill_of(), ()))
    assert any(
        each.startswith("  GuardDuty audit ") and "per million events ?" in each for each in text
    )
    assert "GuardDuty audit" in text[-1].split("marked ?:")[1]


def test_assumptions_are_written_once(bill_of) -> None:
    """Lines that rest on the same one stand before it together."""
    text = list(page(bill_of(), ()))
    (found,) = [each for each in text if "0.02, 0.2 or 2 GB a day come in" in each]
    assert found.startswith("  bucket artifacts, bucket artifacts infrequent, ")


def test_sources_are_shown_when_asked_for(bill_of) -> None:
    """Page, day and evidence, or that there is none."""
    short, long = (list(page(bill_of(), (), sources=each)) for each in (False, True))
    added = long[len(short) :]
    assert any("https://aws.amazon.com/eks/pricing/, as of 2026-06-13" in each for each in added)
    assert any(each.endswith("not confirmed") for each in added)


def test_a_saving_says_how_and_what_it_risks(bill_of) -> None:
    """Below its figure."""
    saving = Saving("one gateway", 65.7, "network.nat: single", "a zone", "half")
    text = "\n".join(page(bill_of(), (saving,)))
    assert "   65.70  one gateway\n            how: network.nat: single\n" in text
    assert "            risk: a zone\n            assumed: half\n" in text


def test_a_comparison_shows_both_and_the_change(bill_of) -> None:
    """A dash stands for what one of them lacks."""
    found = difference(bill_of("network: {nat: none}\n"), bill_of(NAT, "prod"))
    text = list(compared(found))
    assert text[0].startswith("prod is expected to cost ")
    assert text[0].endswith(" more than dev")
    (row,) = [each for each in text if each.startswith("network NAT gateways")]
    assert ["-", "32.85", "+32.85"] == row.split()[-3:]
