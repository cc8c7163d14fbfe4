"""Logstash's pipelines: they parse, and fields have the names that the console asks for."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from logstash_pipeline_parser import Pipeline
from logstash_pipeline_parser.tree import ParseError

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.logstash import pipeline

ASKED = (
    *("[service][name]", "[service][node][name]", "[log][level]", "[trace][id]", "[span][id]"),
)
"""Beside `@timestamp`, `message` and `event.id`, by which the console finds lines."""
OPTIONS = {
    "http": {
        *("host", "port", "ssl_enabled", "ssl_certificate", "ssl_key", "additional_codecs"),
        *("ssl_client_authentication", "ssl_certificate_authorities"),
        *("remote_host_target_field", "request_headers_target_field"),
    },
    "dead_letter_queue": {"path", "pipeline_id", "commit_offsets", "clean_consumed"},
    "elasticsearch": {
        *("hosts", "user", "password", "ssl_enabled", "ssl_certificate_authorities"),
        *("data_stream", "data_stream_type", "data_stream_dataset", "data_stream_namespace"),
        "data_stream_auto_routing",
    },
}
"""Options of plugins after their references; the parser knows none."""


@pytest.fixture
def texts(reference: Platform, clustered: Callable[..., Any]) -> dict[str, str]:
    """Return both pipelines."""
    placed = clustered(reference)
    return {
        "lines": pipeline.lines(reference, placed),
        "dead letters": pipeline.dead_letters(reference, placed),
    }


def unknown(text: str) -> set[str]:
    """Return the options of inputs and outputs that their plugins do not have."""
    found = set()
    for section, plugins in Pipeline(text).parse():
        if section not in ("input", "output"):
            continue
        for plugin, options in plugins:
            found |= {f"{plugin}.{name}" for name, *_ in options if name not in OPTIONS[plugin]}
    return found


@pytest.mark.parametrize("name", ["lines", "dead letters"])
def test_it_parses_and_names_options_that_exist(name: str, texts: dict[str, str]) -> None:
    """By a parser of Logstash's language; options by the references of plugins."""
    assert set() == unknown(texts[name])


def test_a_slip_is_found(texts: dict[str, str]) -> None:
    """Negative control: a brace too few, and a misspelt option."""
    with pytest.raises(ParseError):
        Pipeline(texts["lines"].rstrip().removesuffix("}")).parse()
    wrong = texts["lines"].replace("ssl_enabled", "ssl_enabledd", 1)
    assert {"http.ssl_enabledd"} == unknown(wrong)


def test_fields_are_those_that_the_console_asks_for(texts: dict[str, str]) -> None:
    """By the Elastic Common Schema, and each line has an id."""
    for field in (*ASKED, "[event][id]", "@timestamp"):
        assert f'"{field}"' in texts["lines"], field


ALIKE = {
    "nginx": (
        {"method": "GET", "path": "/a", "status": "503"},
        {"message": "GET /a 503", "level": "error"},
    ),
    "Envoy": (
        {"method": "GET", "path": "/a", "status": 404},
        {"message": "GET /a 404", "level": "warning"},
    ),
    "the backend": (
        {"method": "GET", "path": "/a", "status": 200, "message": "access", "level": "info"},
        {"message": "GET /a 200", "level": "info"},
    ),
    "no answer": (
        {"method": "GET", "path": "/a"},
        {"message": "GET /a", "level": None},
    ),
    "an event": (
        {"message": "cache.down", "level": "warning", "status": 500},
        {"message": "cache.down", "level": "warning"},
    ),
    "a text": ({"message": "ready"}, {"message": "ready", "level": None}),
}


@pytest.mark.skipif(shutil.which("ruby") is None, reason="needs ruby, as Logstash does")
@pytest.mark.parametrize("whose", ALIKE)
def test_a_requests_line_has_a_text_and_a_level(whose: str, texts: dict[str, str]) -> None:
    """Those that the store of one machine makes of it, so that both are found alike."""
    given, expected = ALIKE[whose]
    (code,) = re.findall(r'code => "(status = .+)"', texts["lines"])
    program = (
        "require 'json'; event = JSON.parse(STDIN.read); "
        "def event.get(name) = self[name]; def event.set(name, value) = self[name] = value; "
        f"{code}; puts JSON.generate(event)"
    )
    argv = ["ruby", "-e", program]
    done = subprocess.run(
        argv, input=json.dumps(given), text=True, capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    assert expected == {name: found.get(name) for name in expected}


def test_it_does_so_before_fields_get_their_names(texts: dict[str, str]) -> None:
    """Afterwards there is no `status` any more; and nothing is kept twice."""
    text = texts["lines"]
    assert text.index('code => "status') < text.index('rename => {\n      "component')
    assert '"[event][original]"' in text


def test_a_failure_that_nginx_tells_of_does_not_name_its_caller(texts: dict[str, str]) -> None:
    """His address goes before the line is stored."""
    (pattern, other) = re.findall(r'gsub => \["message", "(.+)", "(.+)"\]', texts["lines"])[0]
    said = "*9 refused, client: 203.0.113.7, server: a"
    assert "*9 refused, client: -, server: a" == re.sub(pattern, other, said)


def test_only_agents_may_send(texts: dict[str, str]) -> None:
    """They show a certificate of the authority of what watches."""
    (found,) = Pipeline(texts["lines"]).search("input.http.ssl_client_authentication")
    assert ["required"] == found[1]


@pytest.mark.parametrize("name", ["password", "Authorization", "set-cookie", "api_key"])
def test_fields_of_secrets_go(name: str, texts: dict[str, str]) -> None:
    """Whoever wrote one as a field of a line."""
    (pattern,) = re.findall(r'blacklist_names => \["(.+)"\]', texts["lines"])
    assert re.search(pattern, name)
    assert not re.search(pattern, "message")


def test_what_is_refused_is_kept_apart(texts: dict[str, str]) -> None:
    """In a stream of its own, which cannot be refused for the same reason: it is one text."""
    (found,) = Pipeline(texts["dead letters"]).search("output.elasticsearch.data_stream_dataset")
    assert ["groundplan.deadletter"] == found[1]
    (source,) = Pipeline(texts["dead letters"]).search("input.dead_letter_queue.pipeline_id")
    assert [pipeline.MAIN] == source[1]
