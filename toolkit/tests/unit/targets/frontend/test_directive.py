"""nginx's way of writing."""

import pytest

from groundplan.targets.frontend import directive


def test_blocks_indent_what_they_hold():
    """A block holds lines and blocks, each one step further in."""
    inner = directive.block("location /", directive.line("return", 204))
    assert directive.block("server", inner) == (
        "server {",
        "    location / {",
        "        return 204;",
        "    }",
        "}",
    )


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb", "a\0b"])
def test_text_that_nginx_would_read_differently_is_refused(text):
    """Nothing can end a quoted word early."""
    with pytest.raises(ValueError, match="cannot hold"):
        directive.quoted(text)


def test_a_map_has_its_default_first():
    """A map names its default and then each choice, patterns quoted."""
    assert directive.choose("$uri", "$x", [("~^/a", "1")], "0") == (
        "map $uri $x {",
        "    default 0;",
        '    "~^/a" 1;',
        "}",
    )
