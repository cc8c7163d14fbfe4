"""Names of attributes that no span keeps, secrets and who a person is; and of those of no line.

The store of one machine drops them as they arrive. In a cluster the collector takes them from
spans before these leave their node, Logstash from lines before it stores them. The patterns are
such that Python and Go (RE2) read them alike.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

PATTERNS: Final = (
    r"^http\.(request|response)\.header\.",
    r"^(http\.query|url\.query)$",
    r"^enduser\.",
    r"^user\.(id|hash|email|name|full_name)$",
    r"^(http\.)?user_agent(\.original)?$",
    r"^(client|peer|source)\.(address|ipv4|ipv6|port)$",
    r"^http\.client_ip$",
)
SECRETS: Final = (
    "authorization",
    "cookie",
    "set-cookie",
    "password",
    "secret",
    "token",
    "api_key",
)
"""Fields of lines, in small letters; they are dropped however they are written."""
_KNOWN: Final = 4096
_search: Final[Callable[[str], object]] = re.compile("|".join(PATTERNS)).search


@lru_cache(maxsize=_KNOWN)
def is_private(name: str) -> bool:
    """Return whether no span keeps an attribute of this name."""
    return _search(name) is not None


@lru_cache(maxsize=_KNOWN)
def is_secret(name: str) -> bool:
    """Return whether no line keeps a field of this name."""
    return name.lower() in SECRETS
