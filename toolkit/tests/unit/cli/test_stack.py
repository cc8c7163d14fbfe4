"""The commands about AWS work on what the platform file says, and on nothing else."""

import argparse
from pathlib import Path

import pytest
from rich.text import Text

from groundplan.cli import stack
from groundplan.cli.main import main
from groundplan.errors import DriftError, UsageError
from groundplan.loader import extend

FILE = str(extend.REFERENCE)


def words(environment: str, out: Path, data: Path | None = None) -> argparse.Namespace:
    """Return the words of a command."""
    return argparse.Namespace(environment=environment, file=FILE, out=out, data=data)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a rendered environment."""
    out = tmp_path_factory.mktemp("generated")
    assert 0 == main(["render", "dev", "--file", FILE, "--out", str(out)])
    return out


def test_a_stack_has_its_name_and_folders(rendered: Path, tmp_path: Path) -> None:
    """What is real and what is simulated never share a folder."""
    found = stack.find(words("dev", rendered, tmp_path))
    assert ("groundplan-dev", {"stack": "groundplan-dev"}) == (found.ours.name, found.ours.tags)
    assert rendered / "dev/terraform" == found.rendered
    assert tmp_path / "dev/cloud" == found.data
    assert tmp_path / "simulated/dev" == found.place.folder


def test_this_machine_has_no_terraform(tmp_path: Path) -> None:
    """The local environment is refused before anything is looked for."""
    with pytest.raises(UsageError, match="local runs on this machine"):
        stack.find(words("local", tmp_path))


def test_stale_files_are_named(tmp_path: Path) -> None:
    """Files that were never rendered are stale too; the hint says how to write them."""
    with pytest.raises(DriftError, match=r"terraform/main\.tf") as caught:
        stack.find(words("dev", tmp_path))
    assert "./run render dev" in caught.value.hint


def test_stale_files_of_other_targets_do_not_matter(rendered: Path, tmp_path: Path) -> None:
    """A gateway that is not rendered hinders no plan."""
    for path in (rendered / "dev/gateway").rglob("*.json"):
        path.write_text("changed")
    assert "dev" == stack.find(words("dev", rendered, tmp_path)).environment


def test_an_interrupt_is_said_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The command can be repeated, and the exit code stays that of an interrupt."""
    with pytest.raises(KeyboardInterrupt), stack.interruptible():
        raise KeyboardInterrupt
    assert stack.REPEATABLE in capsys.readouterr().err


def test_what_is_shown_can_be_handed_on_as_text() -> None:
    """Colours stay behind, and lines are not broken."""
    long = "x" * 200
    assert f"one\n{long}\n" == stack.text([Text("one", style="bold"), Text(long)])
