"""Texts of alerts: the part of Prometheus' templates that our rules use.

`{{ $labels.NAME }}`, `{{ $value }}`, `{{ $externalLabels.NAME }}`, `printf`, and pipes through
`humanize` and its like. What is not known stands in the text as an error, as Prometheus does it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PLACE: Final = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
WORDS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\S+')
PREFIXES: Final = ("", "k", "M", "G", "T", "P", "E", "Z", "Y")
BINARY: Final = ("", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi")
SHORT: Final = 6
"""From this power of ten on a number is written with an exponent."""
SMALL: Final = ("m", "u", "n", "p", "f", "a", "z", "y")

Word = str | float


class TemplateError(Exception):
    """A template that cannot be filled."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a template may name."""

    labels: Mapping[str, str]
    value: float
    external: Mapping[str, str]


def fill(text: str, facts: Facts) -> str:
    """Return a text with its places filled."""
    try:
        return PLACE.sub(lambda place: shown(_piped(place[1], facts)), text)
    except TemplateError as error:
        return f"<error expanding template: {error}>"


def _piped(written: str, facts: Facts) -> Word:
    first, *rest = (part.strip() for part in written.split("|"))
    value = _called(first, facts)
    for name in rest:
        value = _function(name)(value)
    return value


def _called(written: str, facts: Facts) -> Word:
    words = WORDS.findall(written)
    if len(words) == 1:
        return _word(words[0], facts)
    name, *arguments = words or [""]
    values = [_word(each, facts) for each in arguments]
    if name == "printf" and values:
        return _formatted(values)
    if len(values) == 1:
        return _function(name)(values[0])
    raise TemplateError(f"{written!r} is not supported")


def _formatted(values: list[Word]) -> str:
    form, *given = values
    ready = [shown(value) if verb in "sv" else value for verb, value in zip(
        re.findall(r"%[^a-zA-Z%]*([a-zA-Z])", str(form)), given, strict=False)]  # fmt: skip
    try:
        return re.sub(r"(%[^a-zA-Z%]*)v", r"\1s", str(form)) % tuple(ready)
    except (TypeError, ValueError) as error:
        raise TemplateError(f"printf: {error}") from None


def _word(word: str, facts: Facts) -> Word:
    if word[0] == '"':
        return word[1:-1].replace('\\"', '"')
    if word in ("$value", ".Value"):
        return facts.value
    for start, known in (
        ("$labels.", facts.labels),
        (".Labels.", facts.labels),
        ("$externalLabels.", facts.external),
        (".ExternalLabels.", facts.external),
    ):
        if word.startswith(start):
            return known.get(word.removeprefix(start), "")
    try:
        return float(word)
    except ValueError:
        raise TemplateError(f"{word!r} is not supported") from None


def shown(value: Word) -> str:
    """Return a word as Go prints it: a number short, from a million on with an exponent."""
    if isinstance(value, str):
        return value
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    digits = Decimal(repr(value)).normalize()
    if value and not -4 <= digits.adjusted() < SHORT:
        return f"{digits:e}" if abs(digits.adjusted()) > 9 else _padded(f"{digits:e}")
    return f"{digits:f}"


def _padded(written: str) -> str:
    number, _, exponent = written.partition("e")
    return f"{number}e{exponent[0]}0{exponent[1:]}"


def _number(value: Word) -> float:
    try:
        return float(value)
    except ValueError:
        raise TemplateError(f"{value!r} is no number") from None


def humanize(value: Word) -> str:
    """Return a number with a prefix such as k or m."""
    return _prefixed(_number(value), 1000, PREFIXES, SMALL)


def humanize_binary(value: Word) -> str:
    """Return a number with a prefix such as ki or Mi."""
    return _prefixed(_number(value), 1024, BINARY, ())


def _prefixed(number: float, base: int, large: tuple[str, ...], small: tuple[str, ...]) -> str:
    prefix = ""
    for each in large[1:]:
        if abs(number) < base:
            break
        number, prefix = number / base, each
    for each in small if number and not prefix else ():
        if abs(number) >= 1:
            break
        number, prefix = number * base, each
    return f"{number:.4g}{prefix}"


def humanize_percentage(value: Word) -> str:
    """Return a share as a percentage."""
    return f"{_number(value) * 100:.4g}%"


def humanize_duration(value: Word) -> str:
    """Return seconds as days, hours, minutes and seconds."""
    number = _number(value)
    if number and abs(number) < 1:
        return _prefixed(number, 1000, PREFIXES, SMALL) + "s"
    sign, left = "-" if number < 0 else "", abs(number)
    if left < 60:
        return f"{sign}{left:.4g}s"
    whole = int(left)
    parts = ((whole // 86400, "d"), (whole // 3600 % 24, "h"), (whole // 60 % 60, "m"))
    said = [(count, unit) for count, unit in parts]
    while said and not said[0][0]:
        said.pop(0)
    return sign + " ".join([f"{count}{unit}" for count, unit in said] + [f"{whole % 60}s"])


FUNCTIONS: Final[Mapping[str, Callable[[Word], Word]]] = {
    "humanize": humanize,
    "humanize1024": humanize_binary,
    "humanizePercentage": humanize_percentage,
    "humanizeDuration": humanize_duration,
    "toUpper": lambda value: shown(value).upper(),
    "toLower": lambda value: shown(value).lower(),
    "title": lambda value: shown(value).title(),
}


def _function(name: str) -> Callable[[Word], Word]:
    found = FUNCTIONS.get(name)
    if found is None:
        raise TemplateError(f"function {name!r} is not supported")
    return found
