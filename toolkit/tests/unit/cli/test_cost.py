"""`./run cost`."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from groundplan.cli.main import main
from groundplan.loader import extend

FILE = str(extend.REFERENCE)


def test_the_bill_is_printed_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """The first line is the sum, and stderr is silent; over the budget is no failure."""
    assert 0 == main(["cost", "dev", "--file", FILE])
    said = capsys.readouterr()
    assert said.out.startswith("dev in us-east-1: ")
    assert " the budget of " in said.out.splitlines()[0]
    assert "" == said.err


def test_json_holds_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With prices, sources and savings."""
    assert 0 == main(["cost", "prod", "--json", "--file", FILE])
    bill = json.loads(capsys.readouterr().out)
    assert ("prod", True) == (bill["environment"], len(bill["lines"]) > 30)
    total = sum(each["cost"]["expected"] for each in bill["lines"])
    assert pytest.approx(bill["total"]["expected"], abs=0.5) == total


def test_sources_are_told_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Each price with its page and day."""
    assert 0 == main(["cost", "dev", "--sources", "--file", FILE])
    assert "https://aws.amazon.com/eks/pricing/, as of " in capsys.readouterr().out


def test_two_environments_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Both sums, and what prod costs more; as JSON too."""
    assert 0 == main(["cost", "prod", "--against", "dev", "--file", FILE])
    first, second, third, *_ = capsys.readouterr().out.splitlines()
    assert (True, True) == (first.startswith("dev in "), second.startswith("prod in "))
    assert third.endswith(" more than dev")
    assert 0 == main(["cost", "prod", "--against", "dev", "--json", "--file", FILE])
    found = json.loads(capsys.readouterr().out)
    assert ("dev", "prod") == (found["before"], found["after"])
    assert found["expected"] > 0


def test_this_machine_has_no_bill(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the way out."""
    assert 2 == main(["cost", "local", "--file", FILE])
    said = capsys.readouterr()
    assert ("", True) == (said.out, "costs nothing at AWS" in said.err)


def test_a_region_without_prices_is_one_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, with the regions that are known."""
    path = tmp_path / "platform.yaml"
    path.write_text("extends: reference\nregion: sa-east-1\n")
    assert 2 == main(["cost", "dev", "--file", str(path)])
    said = capsys.readouterr().err
    assert "region: sa-east-1 is not in the table of prices" in said
    assert "known are us-east-1" in said


def test_it_takes_less_than_two_seconds() -> None:
    """From the start of Python to the last line, in time of the processor; others may be busy."""
    words = [sys.executable, "-m", "groundplan", "cost", "prod", "--against", "dev"]
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*words, "--file", FILE], check=True, stdout=subprocess.DEVNULL)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime < 2
