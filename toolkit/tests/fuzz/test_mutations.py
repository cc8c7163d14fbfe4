"""Whatever is done to a platform file: it is loaded or refused, never a traceback."""

import contextlib
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundplan.cli import render
from groundplan.cli.main import main
from groundplan.errors import PlatformFileError
from groundplan.formats import yaml
from groundplan.loader import check, extend, parse, schema, tree

TEXT = extend.REFERENCE.read_text()
VALUE: Any = tree.plain(parse.parse(TEXT, "platform.yaml"))
ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        10**30,
        "",
        "x",
        "on",
        "1.30",
        "10s",
        "0s",
        "256Mi",
        "99999999999999999d",
    ),
    *("10.0.0.0/16", "0.0.0.0/0", "/api/x", "/", "..", "\x00", "é", "a" * 5000, "reference"),
    *([], [None], ["gateway", "gateway"], {}, {"x": 1}, {"min": 2, "max": 1}, {"": {}}),
]
LIKELY: list[Any] = [
    *(1, 2, 3, 50, 1_000_000, True, False, None, "1ms", "30s", "3650d", "1Ki", "1024Ti", "1m"),
    *("0%", "1%", "100%", "1/h", "0-1%", "1kB/s", "service", "a", "a-9", "none", "single", "spot"),
    *("10.0.200.0/28", "/api/a", "/api/v1/a.b_c-d", "a.example", "db.x9.big", "eu-west-1"),
    *([], {}, ["database"], ["cache"], ["/api/v1"], "one line", "1.28", "12"),
]
EXIT_CODES = (0, 2)
EASY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


EDITOR = jsonschema.Draft202012Validator(schema.build())


def code_of(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how `check` ends for a file."""
    monkeypatch.chdir(folder)
    (folder / "platform.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    return main(["check"])


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values below one."""
    found = []
    for key, below in value.items() if isinstance(value, dict) else enumerate(value):
        found.append((*above, key))
        if isinstance(below, dict | list):
            found += paths(below, (*above, key))
    return found


PATHS = paths(VALUE)


def changed(value: Any, path: tuple[Any, ...], new: Any, rename: str | None) -> Any:
    """Return a value with the one at a path replaced, or its key renamed."""
    key, *rest = path
    if isinstance(value, list):
        below = [changed(each, tuple(rest), new, rename) if rest else new for each in value]
        return [below[at] if at == key else each for at, each in enumerate(value)]
    if not isinstance(value, dict) or key not in value:
        return value
    if rest:
        return {**value, key: changed(value[key], tuple(rest), new, rename)}
    return {**{k: v for k, v in value.items() if k != key}, rename or key: new}


@EASY
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(PATHS), st.sampled_from(ODD), st.none() | st.text(max_size=5)),
        min_size=1,
        max_size=4,
    ),
    extends=st.booleans(),
)
def test_odd_values_anywhere(
    changes: list[tuple[Any, Any, Any]],
    extends: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Values of every kind in every place, and keys renamed."""
    value = {**VALUE, "extends": "reference"} if extends else VALUE
    for path, new, rename in changes:
        value = changed(value, path, new, rename)
    assert code_of(yaml.dump(value), tmp_path, monkeypatch) in EXIT_CODES


@EASY
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(PATHS), st.sampled_from(LIKELY)), min_size=1, max_size=3
    )
)
def test_what_is_accepted_is_accepted_by_all(
    changes: list[tuple[Any, Any]], tmp_path: Path
) -> None:
    """A file that is not refused is rendered for every environment, and no editor minds it."""
    value = VALUE
    for path, new in changes:
        value = changed(value, path, new, None)
    file = tmp_path / "platform.yaml"
    file.write_text(yaml.dump(value))
    with contextlib.suppress(PlatformFileError):
        checked = check(file)
        assert checked.faults or EDITOR.is_valid(value)
        for environment, platform in {} if checked.faults else checked.platforms.items():
            assert render.render(platform, environment)


@EASY
@given(seed=st.integers(0, 2**32), edits=st.integers(1, 12))
def test_torn_text(seed: int, edits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters and lines dropped, doubled, swapped and put in anywhere."""
    chance = random.Random(seed)
    text = TEXT
    for _ in range(edits):
        at, length = chance.randrange(len(text) + 1), chance.choice([0, 1, 1, 5, 40])
        put = chance.choice(["", *"{}[]:,-\"'\n\t #&*!|>%@`~\0\x07é", "\n\n", " ", "<<: ", "- "])
        text = text[:at] + put + text[at + length :]
    assert code_of(text, tmp_path, monkeypatch) in EXIT_CODES


@EASY
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Bytes that are no text at all."""
    monkeypatch.chdir(tmp_path)
    Path("platform.yaml").write_bytes(content)
    assert 2 == main(["check"])
