"""nginx's way of writing: lines that end in a semicolon, and blocks in braces."""

from collections.abc import Iterable

Lines = tuple[str, ...]
INDENT = "    "


def line(*words: object) -> Lines:
    """Return one directive."""
    return (" ".join(str(word) for word in words) + ";",)


def block(head: str, *parts: Iterable[str]) -> Lines:
    """Return a block with everything in it, indented."""
    inside = (text for part in parts for text in part)
    return (f"{head} {{", *(INDENT + text if text else "" for text in inside), "}")


def quoted(text: str) -> str:
    """Return text as one word.

    Raises:
        ValueError: nginx would read something else than the text.
    """
    if any(sign in text for sign in '"\\\n\r\0'):
        raise ValueError(f"nginx cannot hold {text!r} in quotes")
    return f'"{text}"'


def choose(source: str, target: str, choices: Iterable[tuple[str, str]], default: str) -> Lines:
    """Return a map from one variable to another; patterns begin with a tilde."""
    chosen = (line(quoted(when), then) for when, then in choices)
    return block(f"map {source} {target}", line("default", default), *chosen)
