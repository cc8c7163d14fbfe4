"""`./run reach`."""

import json
import re
from pathlib import Path

import pytest

from groundplan.cli.main import main
from groundplan.loader import extend

FILE = str(extend.REFERENCE)
OWN = str(Path(__file__).parents[4] / "examples/own-service/platform.yaml")


@pytest.mark.parametrize(("file", "environment"), [(FILE, "dev"), (FILE, "prod"), (OWN, "dev")])
def test_what_is_rendered_opens_what_is_meant(
    file: str, environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0, the ways on stdout, and a silent stderr."""
    assert 0 == main(["reach", environment, "--file", file])
    said = capsys.readouterr()
    assert re.search(r"^    database +tcp 5432 +backend calls database$", said.out, re.MULTILINE)
    assert "" == said.err


def test_one_party_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """What it reaches, or who reaches it."""
    assert 0 == main(["reach", "dev", "--from", "frontend", "--file", FILE])
    assert "frontend calls gateway" in capsys.readouterr().out
    assert 0 == main(["reach", "dev", "--to", "database", "--file", FILE])
    said = capsys.readouterr().out
    assert {"  accounts", "  backend", "  database-exporter", "  migrate-backend", "  nodes"} == {
        line for line in said.splitlines() if line.startswith("  ") and line[2] != " "
    }


def test_json_holds_every_way(capsys: pytest.CaptureFixture[str]) -> None:
    """With policies and reasons, and empty lists of what differs."""
    assert 0 == main(["reach", "prod", "--json", "--file", FILE])
    found = json.loads(capsys.readouterr().out)
    assert ([], []) == (found["missing"], found["extra"])
    assert len(found["pods"]) > 20
    assert all(each["reason"] and each["policies"] for each in found["pods"])


def test_a_name_that_nobody_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the name that was probably meant."""
    assert 2 == main(["reach", "dev", "--from", "backnd", "--file", FILE])
    said = capsys.readouterr()
    assert ("", "nobody is called backnd\n  hint: did you mean `backend`?\n") == said


def test_this_machine_has_no_policies(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the way out."""
    assert 2 == main(["reach", "local", "--file", FILE])
    assert "no policies hold" in capsys.readouterr().err


PATCH = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cache-from-backend
  namespace: shop
spec:
  ingress:
  - {}
"""


def test_a_patch_that_opens_too_much_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 4, and the policy's name; the ways are shown all the same."""
    file = tmp_path / "platform.yaml"
    file.write_text("apiVersion: groundplan/v1\nextends: reference\nname: shop\n")
    folder = tmp_path / "patches"
    folder.mkdir()
    (folder / "cache.yaml").write_text(PATCH)
    assert 4 == main(["reach", "dev", "--file", str(file)])
    said = capsys.readouterr()
    assert "elsewhere/anybody" in said.out
    assert "dev does not open exactly what the file means:" in said.err
    assert "open: any other address to cache any port (by cache-from-backend)" in said.err
