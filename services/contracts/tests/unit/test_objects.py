"""Names of objects in one bucket."""

from groundplan_contracts import objects


def test_what_ages_is_no_part_of_what_stays() -> None:
    """Neither begins the other, so a rule for one never reaches the other."""
    assert not objects.AUDIT.startswith(objects.FILES)
    assert not objects.FILES.startswith(objects.AUDIT)
