"""The command line: words in, exit codes out."""

import argparse
import errno
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from groundplan.cli import check, main
from groundplan.errors import NotReadyError

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/reference/cli.md").read_text()
PASSES_ALL_ON = ("test",)
"""Commands whose words belong to another program."""


def run_check(monkeypatch: pytest.MonkeyPatch, raised: BaseException) -> int:
    """Run a command that ends with an exception."""

    def fail(_: argparse.Namespace) -> int:
        raise raised

    monkeypatch.setattr(check, "run", fail)
    return main.main(["check"])


def test_errors_become_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error's own code and words; 130 when interrupted; nothing on stdout."""
    assert 5 == run_check(monkeypatch, NotReadyError("not yet", hint="wait"))
    assert ("", "not yet\n  hint: wait\n") == capsys.readouterr()
    assert 130 == run_check(monkeypatch, KeyboardInterrupt())


def test_a_bug_is_told_from_everything_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Code 1, one line, and the traceback in a file that is named."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert 1 == run_check(monkeypatch, ZeroDivisionError("no"))
    said = capsys.readouterr().err
    assert said.startswith("this is a bug of Groundplan: ZeroDivisionError: no\n")
    (report,) = tmp_path.iterdir()
    assert str(report) in said
    assert "Traceback" in report.read_text()


def test_a_refusal_of_the_machine_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk or a missing right ends with code 3 and the machine's words."""
    full = OSError(errno.ENOSPC, "No space left on device", "/data/x")
    assert 3 == run_check(monkeypatch, full)
    assert "No space left on device: '/data/x'" in capsys.readouterr().err


def test_a_reader_may_leave_early() -> None:
    """`./run schema | head` ends without a word about a broken pipe."""
    read, write = os.pipe()
    os.close(read)
    words = [sys.executable, "-m", "groundplan", "schema"]
    found = subprocess.run(words, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (0, "") == (found.returncode, found.stderr)


@pytest.mark.parametrize("words", [[], ["nothing"], ["check", "--nothing"], ["render"]])
def test_words_that_nobody_knows_are_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the words that are known."""
    with pytest.raises(SystemExit) as caught:
        main.main(words)
    assert 2 == caught.value.code
    assert "usage: ./run" in capsys.readouterr().err


def test_every_command_and_option_is_on_its_page() -> None:
    """docs/reference/cli.md has a section for each command, which names each option."""
    sections = {part.split("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
    assert list(main.NAMES) == list(sections)
    for name in main.NAMES:
        if name in PASSES_ALL_ON:
            continue
        parser = argparse.ArgumentParser()
        subparsers = parser.add_subparsers()
        import_module(main.module(name)).add_parser(subparsers)
        options = {
            option
            for action in subparsers.choices[name]._actions
            for option in action.option_strings
        }
        missing = {each for each in options - {"-h", "--help"} if each not in sections[name]}
        assert (name, set()) == (name, missing)


def test_every_command_is_listed() -> None:
    """Each file that adds a parser is a command."""
    folder = ROOT / "toolkit/src/groundplan/cli"
    adding = [path for path in folder.glob("*.py") if "def add_parser(" in path.read_text()]
    files = {path.stem.removesuffix("_") for path in adding}
    assert files == set(main.NAMES)
