"""Until when versions are supported."""

from datetime import date

from groundplan.model import support


def test_a_minor_version_may_end_before_its_major() -> None:
    """15.4 ended years before 15; a minor version that is not listed lives as its major."""
    assert date(2025, 3, 31) == support.postgresql_end("15.4")
    assert date(2028, 2, 29) == support.postgresql_end("15")
    assert date(2028, 2, 29) == support.postgresql_end("15.19")
    assert None is support.postgresql_end("9")


def test_the_calendar_is_in_order() -> None:
    """Later versions of Kubernetes end later."""
    ends = [support.KUBERNETES[f"1.{minor}"] for minor in range(28, 37)]
    assert sorted(ends) == ends
