"""How long lines are kept."""

from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import lifecycle


def test_lines_go_when_the_file_says(platform_with: Callable[[str], Platform]) -> None:
    """Days after their index was closed, which is a day old at the most."""
    phases = lifecycle.policy(platform_with("observability: {logs: {retention: 12d}}"))["policy"]
    assert {"hot", "delete"} == set(phases["phases"])
    assert "12d" == phases["phases"]["delete"]["min_age"]
    assert "1d" == phases["phases"]["hot"]["actions"]["rollover"]["max_age"]


def test_a_part_of_a_day_is_one() -> None:
    """Elasticsearch would take nought for never."""
    assert [1, 1, 7] == [lifecycle.days_of(each) for each in (60, 86400, 7 * 86400)]


def test_the_template_is_for_our_streams(
    platform_with: Callable[[str], Platform], clustered: Callable[..., Any]
) -> None:
    """Also where the platform has a hyphen in its name, which a part of a stream may not have."""
    platform = platform_with("name: my-shop")
    placed = clustered(platform)
    template = lifecycle.template(platform)
    (pattern,) = template["index_patterns"]
    for set_ in ("", lifecycle.DEAD):
        stream = lifecycle.stream(platform, placed, set_)
        assert fnmatch(stream, pattern), stream
        assert 3 == len(stream.split("-"))
    assert "my-shop-logs" == template["template"]["settings"]["index.lifecycle.name"]


def test_no_field_costs_a_line(reference: Platform) -> None:
    """Neither one that does not fit nor one too many; both are left out of the index."""
    settings = lifecycle.template(reference)["template"]["settings"]
    for name in ("ignore_malformed", "total_fields.ignore_dynamic_beyond_limit"):
        assert settings[f"index.mapping.{name}"] is True


def test_what_is_asked_for_is_a_word_and_not_a_text(reference: Platform) -> None:
    """A term is found as it is; messages alone are searched word by word."""
    fields = lifecycle.template(reference)["template"]["mappings"]["properties"]
    for name in ("service.name", "service.node.name", "log.level", "trace.id", "event.id"):
        assert "keyword" == fields[name]["type"]
    assert "text" == fields["message"]["type"]
