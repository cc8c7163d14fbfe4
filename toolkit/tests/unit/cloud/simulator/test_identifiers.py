"""Identifiers have the length and the alphabet that was asked for."""

from groundplan.cloud.simulator import identifiers


def test_characters_are_of_the_alphabet():
    """A hexadecimal identifier holds nothing else."""
    made = identifiers.random(400, identifiers.HEXADECIMAL)
    assert 400 == len(made)
    assert set(identifiers.HEXADECIMAL) == set(made)


def test_two_are_different():
    """Two resources do not share an identifier."""
    assert identifiers.random(17) != identifiers.random(17)
