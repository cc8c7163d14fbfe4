"""`./run schema`."""

import json

import pytest

from groundplan.cli.main import main


def test_prints_the_schema_or_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON by default, the page made from it on demand."""
    assert 0 == main(["schema"])
    assert "platform.yaml" == json.loads(capsys.readouterr().out)["title"]
    assert 0 == main(["schema", "--markdown"])
    assert capsys.readouterr().out.startswith("# platform.yaml, field by field\n")
