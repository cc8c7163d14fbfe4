"""`test` hands every word to pytest, or to the script that takes pictures."""

from pathlib import Path

from groundplan.cli.main import make_parser
from groundplan.cli.test import program


def test_words_with_dashes_are_pytests():
    """Options need no separator before them."""
    words = ["-k", "sign in", "--maxfail=1", "toolkit"]
    assert words == make_parser(["test"]).parse_args(["test", *words]).words


def test_words_go_to_pytest():
    """Without `--screens` in front, pytest runs with the words."""
    words = ["-k", "x", "--screens"]
    assert ["-m", "pytest", *words] == program(words)


def test_without_words_two_workers_run_all():
    """A worker that crashes ends the run, so that nothing is run twice or left out unseen."""
    words = program([])
    assert ["-m", "pytest", "-n", "2"] == words[:4]
    assert ["--max-worker-restart", "0"] == words[-2:]


def test_screens_is_a_script_with_words_of_its_own():
    """`--screens` in front runs a script that exists, with the words after it."""
    script, *words = program(["--screens", "folder", "--url", "http://127.0.0.1:1"])
    assert Path(script).is_file()
    assert ["folder", "--url", "http://127.0.0.1:1"] == words
