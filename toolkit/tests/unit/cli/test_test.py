"""`test` hands every word to pytest."""

from groundplan.cli.main import make_parser


def test_words_with_dashes_are_pytests():
    """Options need no separator before them."""
    words = ["-k", "sign in", "--maxfail=1", "toolkit"]
    assert words == make_parser(["test"]).parse_args(["test", *words]).words
