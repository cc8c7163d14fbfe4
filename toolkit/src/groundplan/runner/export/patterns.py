"""What looks like a secret wherever it stands: keys, tokens, cookies, passwords, addresses."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

WORDS: Final = (
    "password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|access[_-]?key"
    "|credential|authorization|dsn"
)
"""In a name, that its value is not for others."""
_TEXT: Final = (
    r"""\\+"[^"\\]*\\+"|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s,;}&"'\\<\]][^\s,;}&"'\\<\]]*"""
)
NAMED: Final = re.compile(rf"(?i)((?:{WORDS})([\w.-]{{0,40}})\\*[\"']?\s*[:=]\s*)({_TEXT})")
LISTED: Final = re.compile(
    rf"(?i)(name\\*[\"']?\s*:\s*\\*[\"']?[\w.-]{{0,60}}(?:{WORDS})([\w.-]{{0,40}})\\*[\"']?"
    rf"[,\s]+\\*[\"']?value\\*[\"']?\s*:\s*)({_TEXT})"
)
_HARMLESS: Final = re.compile(
    r"(?i)(?:true|false|null|none|~|-?[0-9.]{1,12}(?:ms|[smhdbk]|[kmg]i)?|bearer|basic|\$.*|<.*|"
    r"\{.*|\[.*|)"
)
_ABOUT: Final = re.compile(r"(?i)(file|path|folder|dir|url|uri|header|name|type|encryption)s?$")
"""The end of a name whose value says where a secret is, or of which kind."""
_PLAIN: Final = (
    (
        "private key",
        re.compile(
            r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----"
            r"(?:.*?-----END [A-Z0-9 ]*PRIVATE KEY-----|[\sA-Za-z0-9+/=\\]*)",
            re.DOTALL,
        ),
        "<private key>",
    ),
    (
        "password in a URL",
        re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}://[^\s:/@\"'<]{0,100}:)[^\s/@\"'<]+(?=@)"),
        r"\1<password>",
    ),
    (
        "token",
        re.compile(r"(?i)\b((?:bearer|basic)(?:\s|%20)+)(?!realm\b)[a-z0-9._~+/=-]{8,}"),
        r"\1<token>",
    ),
    (
        "token",
        re.compile(
            r"\b(?:eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}"
            r"|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|sk_(?:live|test)_\w{10,})"
        ),
        "<token>",
    ),
    (
        "password",
        re.compile(r"(?i)\b((?:requirepass|masterauth)\s+|password\s+')[^\s'<]+"),
        r"\1<password>",
    ),
    (
        "cookie",
        re.compile(
            r"(?i)(\b(?:set-)?cookie\\*[\"']?\s*[:=]\s*\\*[\"']?)(?![\"'{\[$<\s])[^\"'\\\n]+"
        ),
        r"\1<cookie>",
    ),
    (
        "e-mail address",
        re.compile(
            r"(?<![\w.%+-])[\w.%+-]{1,64}(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}\b"
        ),
        "<e-mail>",
    ),
)
NAMED_SO: Final = "value named as a secret"


def remove(text: str, counts: Counter[str]) -> str:
    """Return a text without what looks like a secret; each is counted by its kind."""
    for kind, pattern, instead in _PLAIN:
        text, found = pattern.subn(instead, text)
        counts[kind] += found
    for pattern in (NAMED, LISTED):
        text = pattern.sub(_counting(counts), text)
    return text


def named(text: str) -> list[tuple[str, str]]:
    """Return the values that a text calls secrets, with what it calls them."""
    return [
        (f"{found[1].strip(chr(32) + chr(34) + ':=')}", _bare(found[3]))
        for pattern in (NAMED, LISTED)
        for found in pattern.finditer(text)
        if not _is_harmless(found)
    ]


def _counting(counts: Counter[str]) -> Callable[[re.Match[str]], str]:
    def instead(found: re.Match[str]) -> str:
        if _is_harmless(found):
            return found[0]
        counts[NAMED_SO] += 1
        value = found[3]
        quote = re.match(r"\\*[\"']", value)
        around = quote[0] if quote else ""
        return f"{found[1]}{around}<secret>{around}"

    return instead


def _is_harmless(found: re.Match[str]) -> bool:
    return bool(_HARMLESS.fullmatch(_bare(found[3])) or _ABOUT.search(found[2]))


def _bare(value: str) -> str:
    return value.strip("\\\"'")
