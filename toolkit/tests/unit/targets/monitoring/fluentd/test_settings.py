"""fluent.conf."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.fluentd import settings


@pytest.fixture
def text(reference: Platform) -> str:
    """Return the configuration for the reference."""
    return settings.render(reference)


def of(root: Any, name: str, id_: str) -> Any:
    """Return the section of a name that has an `@id`."""
    (found,) = (
        each for each in root.walk() if each.name == name and each.values.get("@id") == id_
    )
    return found


def below(section: Any, name: str) -> Any:
    """Return the one section of a name within another."""
    (found,) = (each for each in section.sections if each.name == name)
    return found


def test_everything_that_it_names_exists(text: str, faulty: Callable[..., list[str]]) -> None:
    """Sections end, plugins are Fluentd's own, parameters theirs, labels there."""
    assert [] == faulty(text)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("overflow_action block", "overflow_acton block", "buffer/file: overflow_acton"),
        ("@type http", "@type elasticsearch", "unknown match/elasticsearch"),
        ("@label @LINES", "@label @LINE", "store/relabel: @LINE"),
    ],
)
def test_a_slip_is_found(
    right: str, wrong: str, said: str, text: str, faulty: Callable[..., list[str]]
) -> None:
    """Negative control: a parameter, a plugin and a label that do not exist."""
    assert right in text
    assert said in faulty(text.replace(right, wrong, 1))


def test_a_section_that_does_not_end_is_found(text: str, parsed: Callable[..., Any]) -> None:
    """Negative control."""
    with pytest.raises(AssertionError, match="ends"):
        parsed(text.replace("</buffer>", "", 1))


def test_lines_wait_on_disk_and_push_back(text: str, parsed: Callable[..., Any]) -> None:
    """Bounded, never dropped: when it is full, reading stops."""
    buffer = below(of(parsed(text), "match", "logstash"), "buffer")
    assert "file" == buffer.values["@type"]
    assert "block" == buffer.values["overflow_action"]
    assert "true" == buffer.values["retry_forever"]
    assert "2GB" == buffer.values["total_limit_size"]
    assert buffer.values["path"].startswith(settings.STATE)


def test_what_is_refused_for_good_is_a_dead_letter(text: str, parsed: Callable[..., Any]) -> None:
    """A full Logstash is tried again; what it cannot read is put aside, for a week."""
    sending = of(parsed(text), "match", "logstash")
    assert "true" == sending.values["error_response_as_unrecoverable"]
    assert {"429", "503"} <= set(sending.values["retryable_response_codes"].split(","))
    kept = below(sending, "secondary")
    assert settings.DEAD == kept.values["directory"]
    removing = of(parsed(text), "source", "old_dead_letters").values["command"]
    assert f"find {settings.DEAD} -type f -mtime +7 -print -delete" == removing


def test_a_line_of_the_runtime_is_understood(text: str, parsed: Callable[..., Any]) -> None:
    """Its time, its stream and what the program wrote."""
    expression = below(of(parsed(text), "source", "containers"), "parse").values["expression"]
    pattern = expression.strip("/").replace("(?<", "(?P<")
    found = re.match(pattern, '2026-11-23T06:00:00.123456789+00:00 stdout F {"level":"info"}')
    assert found
    assert ("stdout", '{"level":"info"}') == (found["stream"], found["log"])


def test_a_file_tells_whose_it_is(text: str) -> None:
    """Pod, namespace and container are parts of its name."""
    (pattern,) = set(re.findall(r"tag\[/(.+?)/, [123]\]", text))
    tag = f"kubernetes.var.log.containers.backend-5d_groundplan_backend-{'a' * 64}.log"
    found = re.search(pattern.replace(r"\z", r"\Z"), tag)
    assert found
    assert ("backend-5d", "groundplan", "backend") == found.groups()


@pytest.mark.parametrize("whose", ["frontend", "gateway"])
def test_spans_of_lines_cost_no_line(whose: str, text: str, parsed: Callable[..., Any]) -> None:
    """They are copies, only of lines with a reason, dropped when nobody takes them."""
    root = parsed(text)
    (copying,) = (each for each in root.sections if f"_{whose}-*" in each.argument)
    assert f"kubernetes.var.log.containers.*_groundplan_{whose}-*.log" == copying.argument
    assert ["", "ignore_error"] == [each.argument for each in copying.sections]
    buffer = below(of(root, "match", f"collector_{whose}"), "buffer")
    assert "drop_oldest_chunk" == buffer.values["overflow_action"]
    assert "1" == buffer.values["chunk_limit_records"]
    (label,) = (each for each in root.sections if each.argument == f"@SPANS_{whose.upper()}")
    patterns = {each.values["key"]: each.values["pattern"]
                for each in label.walk() if each.name == "regexp"}  # fmt: skip
    assert re.search(patterns["reason"].strip("/"), "slow")
    assert not re.search(patterns["reason"].strip("/"), "")


def test_both_ends_show_certificates(text: str) -> None:
    """To Logstash, and to the collectors."""
    assert 3 == text.count("tls_client_cert_path /etc/groundplan/tls/tls.crt")
    assert 3 == text.count("tls_verify_mode peer")
