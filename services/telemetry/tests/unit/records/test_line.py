"""Levels have many names."""

from groundplan_telemetry.records import line


def test_words_of_other_programs_are_known():
    """PostgreSQL's, Python's and syslog's words mean one of five levels."""
    words = ("debug", "LOG", "Warn", "ERROR", "FATAL", "PANIC", "critical")
    wanted = [line.DEBUG, line.INFO, line.WARNING, line.ERROR, *[line.CRITICAL] * 3]
    assert wanted == [line.level_of(word) for word in words]
    assert line.level_of("hello") is None
