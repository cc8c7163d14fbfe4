"""`./run bench render` says what is wrong, and keeps nothing then."""

import pytest

from bench import run as bench
from bench.render import helm
from bench.stack import BenchError


def test_what_cannot_be_measured_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on stderr, nothing on stdout, exit code 3."""

    def refused() -> None:
        raise BenchError("Helm cannot be fetched")

    monkeypatch.setattr(helm, "install", refused)
    assert 3 == bench.main(["render", "--quick"])
    said = capsys.readouterr()
    assert ("", "bench: Helm cannot be fetched") == (said.out, said.err.splitlines()[-1])
