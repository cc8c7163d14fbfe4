import pytest

from groundplan_backend.audit.export import guarded


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"],
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(cell: str) -> None:
    """Also in full width, and behind a tab or a line break."""
    assert f"'{cell}" == guarded(cell)


@pytest.mark.parametrize("cell", ["", "ada", "1", "a=1", " =1", "2026-11-23T02:45:00Z", "'=1"])
def test_what_is_text_anyway_stays(cell: str) -> None:
    """Nothing else is touched, so that a file can be read back."""
    assert cell == guarded(cell)
