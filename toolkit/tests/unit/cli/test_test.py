"""`test` hands every word to pytest."""

from groundplan.cli.main import make_parser


def test_words_with_dashes_are_pytests():
    """Options need no separator before them."""
    arguments = make_parser(["test"]).parse_args(["test", "-k", "sign in", "--maxfail=1", "toolkit"])
    assert ["-k", "sign in", "--maxfail=1", "toolkit"] == arguments.words
