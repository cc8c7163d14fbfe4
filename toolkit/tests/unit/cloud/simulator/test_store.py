"""Rows stay where they were put until everything is forgotten."""

from groundplan.cloud.simulator.store import Store


def test_rows_are_kept_by_account_region_and_kind():
    """The same key in another place is another row."""
    store = Store()
    store.table("1", "us-east-1", "addon")["one", "coredns"] = {"status": "ACTIVE"}
    assert {("one", "coredns"): {"status": "ACTIVE"}} == store.table("1", "us-east-1", "addon")
    for place in (
        ("2", "us-east-1", "addon"),
        ("1", "eu-west-1", "addon"),
        ("1", "us-east-1", "x"),
    ):
        assert {} == store.table(*place)


def test_clearing_forgets_all():
    """No row outlives a reset."""
    store = Store()
    store.table("1", "us-east-1", "addon")[("one",)] = {}
    store.clear()
    assert {} == store.table("1", "us-east-1", "addon")
