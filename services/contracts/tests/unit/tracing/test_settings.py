from pathlib import Path

import pytest

from groundplan_contracts.tracing import settings
from groundplan_contracts.tracing.settings import TracingError

HERE = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318/"}


def test_without_an_endpoint_nothing_is_kept() -> None:
    """A process that was told nothing of traces keeps none."""
    assert not settings.read({}).is_on


def test_opentelemetrys_own_words_are_understood() -> None:
    """Endpoint, headers, service and resource are written as every SDK reads them."""
    found = settings.read(
        {
            **HERE,
            "OTEL_EXPORTER_OTLP_HEADERS": "a=1%202,b=x=y",
            "OTEL_SERVICE_NAME": "backend",
            "OTEL_RESOURCE_ATTRIBUTES": "service.namespace=shop,deployment.environment.name=dev",
        }
    )
    assert found.is_on
    assert "http://127.0.0.1:4318" == found.endpoint
    assert {"a": "1 2", "b": "x=y"} == found.headers
    assert {
        "service.name": "backend",
        "service.namespace": "shop",
        "deployment.environment.name": "dev",
    } == found.resource


def test_the_key_stands_in_a_file_and_is_not_shown(tmp_path: Path) -> None:
    """It is sent as a bearer's, and no text of the settings holds it."""
    file = tmp_path / "key"
    file.write_text("a-secret\n")
    found = settings.read({**HERE, "TRACES_KEY_FILE": str(file)})
    assert {"authorization": "Bearer a-secret"} == found.headers
    assert "a-secret" not in repr(found)


def test_what_is_slow_and_how_many_may_be_kept_can_be_told() -> None:
    """Milliseconds and requests a second, with what is usual where nothing is said."""
    usual = settings.read(HERE)
    told = settings.read({**HERE, "TRACES_SLOW_MS": "250", "TRACES_PER_SECOND": "5"})
    assert (1.0, 200) == (usual.slow, usual.per_second)
    assert (0.25, 5) == (told.slow, told.per_second)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318", "must be an address"),
        ("TRACES_SLOW_MS", "soon", "must be a number, 0 or more, is 'soon'"),
        ("TRACES_PER_SECOND", "-1", "must be a number, 0 or more, is '-1'"),
        ("TRACES_KEY_FILE", "/nowhere/key", "cannot be read: No such file"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, value: str, words: str) -> None:
    """The message says which setting, and what it must be."""
    with pytest.raises(TracingError, match=f"{name}.*{words}"):
        settings.read({**HERE, name: value})
