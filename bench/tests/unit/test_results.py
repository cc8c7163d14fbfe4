"""Kept figures reach the reference page."""

from pathlib import Path

from bench import results


def test_only_the_measured_part_of_the_page_is_replaced(tmp_path: Path) -> None:
    """Words around the table stay as a person wrote them."""
    page = tmp_path / "benchmarks.md"
    page.write_text("# Before\n\n<!-- bench:begin -->\nold\n<!-- bench:end -->\n\nAfter\n")
    facts = {
        "date": "2026-01-02T03:04",
        "commit": "abc",
        "machine": {"cores": 2, "processor": "X"},
    }

    results.show("| new |\n", facts, Path("one.json"), page)

    text = page.read_text()
    assert text.startswith("# Before\n")
    assert text.endswith("After\n")
    assert "| new |" in text
    assert "old" not in text
    assert "Measured 2026-01-02 at commit `abc` on 2 cores (X)" in text
