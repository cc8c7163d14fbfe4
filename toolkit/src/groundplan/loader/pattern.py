"""What every pattern of the model asks for, in words."""

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$": (
        "must be a name of at most 40 lower-case letters, digits and hyphens",
        "begin with a letter and end with no hyphen; it becomes host names",
    ),
    r"^[0-9]+\.[0-9]+$": ('must be a minor version such as "6.2"', ""),
    r"^1\.[0-9]{2}$": ('must be a minor version of Kubernetes such as "1.36"', ""),
    r"^[0-9]{2}(\.[0-9]+)?$": ('must be a version of PostgreSQL such as "15"', ""),
    r"^db\.[a-z0-9]+\.[a-z0-9]+$": ("must be an RDS instance class such as db.t3.micro", ""),
    r"^[a-z][a-z0-9-]*\.[a-z0-9]+$": ("must be an EC2 instance type such as t3.large", ""),
    r"^[a-z]{2}(-[a-z]+)+-[0-9]$": ("must be an AWS region such as us-east-1", ""),
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$": (
        "must be a domain such as shop.example.com",
        "lower-case letters, digits, hyphens and at least one dot",
    ),
    r"^[A-Za-z0-9 +=._:/@-]{1,128}$": (
        "must be a tag key of at most 128 letters, digits, spaces and + - = . _ : / @",
        "",
    ),
    r"^[A-Za-z0-9 +=._:/@-]{0,256}$": (
        "must be a tag value of at most 256 letters, digits, spaces and + - = . _ : / @",
        "",
    ),
    r"^/[A-Za-z0-9/_.\-]*$": ("must be a path such as /healthz/ready", "begin with /"),
    r"^/([a-z0-9_.\-]+(/[a-z0-9_.\-]+)*)?$": (
        "must be a path such as /api/orders",
        "begin with /, end without one; lower-case letters, digits and . _ - between",
    ),
    r"^[A-Za-z0-9_.]+:[A-Za-z0-9_.]+$": (
        'must name an application as "module:name"',
        'app:app is `app` in the file app.py of run.directory; write it in quotes, "app:app"',
    ),
    r"^[A-Z_][A-Z0-9_]*$": (
        "must be an environment variable such as LOG_LEVEL",
        "capital letters, digits and _, beginning with no digit",
    ),
    r"^arn:aws[a-z-]*:[a-z0-9-]+:[^\s]*$": (
        "must be an ARN such as arn:aws:iam::123456789012:role/team",
        "",
    ),
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": ("must be an e-mail address such as team@shop.example", ""),
    r"^Z[A-Z0-9]+$": ("must be the id of a hosted zone such as Z0123456789ABC", ""),
    r"^[0-9]{12}$": (
        'must be an AWS account such as "123456789012"',
        "twelve digits; write them in quotes",
    ),
    r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$": ("must be a repository such as owner/name", ""),
    r"^[A-Za-z0-9._/-]+$": ("must be the name of a branch such as main", ""),
    r"^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$": (
        "must be a bucket's name of 3 to 63 lower-case letters, digits and hyphens",
        "",
    ),
    r"^[a-z0-9]+([.-][a-z0-9]+)*$": ("must be an AWS service such as ecr.api", ""),
    r"^[^\x00-\x1f\x7f]*$": ("must be one line of text", "remove line breaks and tabs"),
    r"^[^\x00]+$": ("must be text without the NUL character", ""),
    r"^[^\x00]*$": ("must be text without the NUL character", ""),
}


def words(pattern: str) -> tuple[str, str]:
    """Return what a pattern asks for, and a hint.

    Raises:
        KeyError: nobody has found words for the pattern yet.
    """
    return _WORDS[pattern]
