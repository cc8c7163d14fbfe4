"""Words by which records are found."""

import pytest

from groundplan_telemetry.disk import terms


def test_words_are_letters_and_digits():
    """An index cuts texts at everything else."""
    for word in (
        terms.attribute("http.route", "/api/v1/me"),
        terms.service("a-b"),
        terms.level(2),
    ):
        assert word.isalnum()
        assert word.startswith(terms.MARK)


def test_different_values_have_different_words():
    """Key and value are told apart, and a service from an operation of its name."""
    words = {
        terms.attribute("a", "b"),
        terms.attribute("b", "a"),
        terms.service("a"),
        terms.operation("a"),
        terms.replica("a"),
    }
    assert 5 == len(words)


@pytest.mark.parametrize("microseconds", [0, 1, 2, 3, 1000, 1414, 1415, 999_999, 10**9, 10**13])
def test_a_duration_is_among_the_words_of_its_bounds(microseconds):
    """Whoever asks for at least, or at most, a duration finds it."""
    word = terms.duration(microseconds)
    assert word in terms.durations(microseconds, None)
    assert word in terms.durations(0, microseconds)


def test_buckets_grow_with_durations():
    """A longer duration is never in an earlier bucket, and twice as long is in a later one."""
    found = [terms.bucket(each) for each in range(5000)]
    assert sorted(found) == found
    assert all(terms.bucket(2 * each) > terms.bucket(each) for each in range(1, 2000))


def test_values_are_written_as_people_write_them():
    """A truth is a word, a number its digits."""
    assert ["true", "200", "x"] == [terms.written(each) for each in (True, 200, "x")]
