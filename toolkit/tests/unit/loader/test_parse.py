"""Text becomes a tree, or one clear refusal."""

import contextlib
import time

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from groundplan.errors import PlatformFileError
from groundplan.formats import yaml as writer
from groundplan.loader import parse, tree
from groundplan.loader.code import Code


def codes(text: str) -> list[str]:
    """Return the codes of a text's problems."""
    with pytest.raises(PlatformFileError) as caught:
        parse.parse(text, "p.yaml")
    return [problem.code for problem in caught.value.problems]


def test_keys_and_values_keep_their_places() -> None:
    """Line and column count from one, in block and in flow style."""
    root = parse.parse("a:\n  b: {c: 1, d: [x, y]}\n", "p.yaml")
    assert (tree.Place("p.yaml", 2, 13), 3) == tree.place_of(root, ("a", "b", "d"))
    assert (tree.Place("p.yaml", 2, 20), 4) == tree.place_of(root, ("a", "b", "d", 1))


def test_aliases_stand_for_their_values() -> None:
    """An alias is the value that it names."""
    root = parse.parse("a: &x {b: 1}\nc: *x\n", "p.yaml")
    assert {"a": {"b": 1}, "c": {"b": 1}} == tree.plain(root)


def test_words_are_those_of_yaml_1_2() -> None:
    """`on` and `yes` are text, also as keys."""
    root = parse.parse('on: yes\n404: "1"\nyes: true\n', "p.yaml")
    assert {"on": "yes", "404": "1", "yes": True} == tree.plain(root)


def test_all_repeated_keys_are_named() -> None:
    """Every repetition is a problem of its own."""
    assert [Code.DUPLICATE_KEY] * 2 == codes("a: 1\na: 2\nb: {c: 1, c: 1}\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.NOT_A_MAPPING),
        ("null", Code.NOT_A_MAPPING),
        ("[]", Code.NOT_A_MAPPING),
        ("a: b: c", Code.NOT_YAML),
        ("a: [", Code.NOT_YAML),
        ("a: \x00", Code.NOT_YAML),
        ("a: 1\n---\nb: 1", Code.NOT_USED_HERE),
        ("a: !!int 1", Code.NOT_USED_HERE),
        ("<<: {}", Code.NOT_USED_HERE),
        ("[a]: b", Code.NOT_USED_HERE),
        ("a: *b", Code.NOT_USED_HERE),
        ("a: &a [*a]", Code.NOT_USED_HERE),
        ("a: " + "[" * 33 + "]" * 33, Code.TOO_DEEP),
    ],
)
def test_each_refusal_has_its_code(text: str, code: Code) -> None:
    """One problem, of the kind that the reference describes."""
    assert [code] == codes(text)


def test_a_bomb_is_refused_at_once() -> None:
    """Aliases that stand for billions of values are counted, not filled in."""
    layers = [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 20)]
    began = time.perf_counter()
    assert [Code.TOO_DEEP] == codes("k0: &k0 [x]\n" + "\n".join(layers))
    assert time.perf_counter() - began < 1.0


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=6), below, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), values, min_size=1))
@example({"<<": {"<<": "<<"}})
def test_reads_what_the_writer_writes(value: dict[str, object]) -> None:
    """Our reader and PyYAML's, by YAML 1.2 and 1.1, agree about what our writer writes."""
    text = writer.dump(value)
    assert value == tree.plain(parse.parse(text, "p.yaml"))
    assert value == yaml.safe_load(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the parser fail in another way."""
    with contextlib.suppress(PlatformFileError):
        parse.parse(text, "p.yaml")
