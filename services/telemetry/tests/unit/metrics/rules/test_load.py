"""Rule files in Prometheus' format."""

from pathlib import Path

import pytest

from groundplan_telemetry.metrics.rules import load
from groundplan_telemetry.metrics.rules.load import RuleError

FILE = """
groups:
  - name: one
    interval: 1m
    rules:
      - record: job:up:sum
        expr: sum by (job) (up)
        labels: {a: b}
      - alert: Down
        expr: up == 0
        for: 30s
        keep_firing_for: 1m30s
        labels: {severity: page}
        annotations: {summary: "{{ $labels.job }} is down"}
  - name: two
    rules: []
"""


def _written(folder: Path, text: str) -> Path:
    file = folder / "rules.yaml"
    file.write_text(text)
    return file


def test_groups_and_rules(tmp_path: Path) -> None:
    """Recorded series and alerts are read with their lengths in seconds."""
    one, two = load.load(_written(tmp_path, FILE))
    assert (60.0, load.INTERVAL) == (one.seconds, two.seconds)
    record, alert = one.rules
    assert ("job:up:sum", {"a": "b"}) == (record.name, record.labels)
    assert ("Down", 30.0, "1m30s") == (alert.name, alert.patience, alert.keep_firing_for)
    assert str(tmp_path / "rules.yaml") == one.file
    assert [] == load.load(_written(tmp_path, ""))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("expr: up == 0", "expr: up ==", "invalid promql query"),
        ("for: 30s", "for: soon", "Down"),
        ("alert: Down", "alert: Down\n        record: x", "must have one of"),
        ("interval: 1m", "intervall: 1m", "intervall"),
        ("groups:", "groups: [", "rules.yaml"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """A file with something wrong is refused, with its name and the reason."""
    with pytest.raises(RuleError, match=r"rules\.yaml") as refused:
        load.load(_written(tmp_path, FILE.replace(old, new, 1)))
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A missing file is named with the reason."""
    with pytest.raises(RuleError, match="cannot be read: No such file"):
        load.load(tmp_path / "none")


def test_lengths() -> None:
    """Lengths are read as Prometheus writes them."""
    assert [0.0, 0.0, 0.5, 90.0] == [load.seconds(each) for each in ("0", "0s", "500ms", "1m30s")]
