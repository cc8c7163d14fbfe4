"""`bench` hands every word to the measurement."""

from groundplan.cli.main import make_parser


def test_words_with_dashes_are_the_measurements():
    """Options need no separator before them."""
    arguments = make_parser(["bench"]).parse_args(["bench", "--seconds", "3"])
    assert ["--seconds", "3"] == arguments.words
