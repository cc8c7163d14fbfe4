"""What tests of Fluentd share: its language, and the parameters of the plugins that we use.

Fluentd cannot be run here, so sections are read as its manual says, and parameters are those of
the plugins' references (version 1.19).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

COMMON = {"@type", "@id", "@label", "@log_level"}
BUFFER = {
    *("path", "chunk_limit_size", "chunk_limit_records", "total_limit_size", "flush_mode"),
    *("flush_interval", "flush_thread_count", "flush_at_shutdown", "overflow_action"),
    *("retry_type", "retry_wait", "retry_max_interval", "retry_max_times", "retry_forever"),
}
PLUGINS = {
    "source/monitor_agent": {"bind", "port", "include_config"},
    "source/tail": {
        *("path", "exclude_path", "pos_file", "pos_file_compaction_interval", "tag"),
        *("read_from_head", "follow_inodes", "refresh_interval", "rotate_wait"),
    },
    "source/exec": {"command", "run_interval", "tag"},
    "filter/record_transformer": {"enable_ruby", "remove_keys", "renew_record"},
    "filter/parser": {"key_name", "reserve_data", "emit_invalid_record_to_error"},
    "filter/grep": set(),
    "match/http": {
        *("endpoint", "http_method", "json_array", "content_type", "open_timeout"),
        *("tls_ca_cert_path", "tls_client_cert_path", "tls_private_key_path", "tls_verify_mode"),
        *("read_timeout", "error_response_as_unrecoverable", "retryable_response_codes"),
    },
    "match/copy": {"copy_mode"},
    "match/relabel": set(),
    "store/relabel": set(),
    "parse/regexp": {"expression", "time_format"},
    "parse/json": {"keep_time_key"},
    "parse/none": {"message_key"},
    "format/json": set(),
    "buffer/file": BUFFER,
    "buffer/memory": BUFFER - {"path"},
    "secondary/secondary_file": {"directory", "basename"},
}
PLAIN = {"system": {"root_dir", "log_level"}, "log": {"format"}, "regexp": {"key", "pattern"}}
"""Sections that are no plugins."""


@dataclass
class Section:
    """A section: what it is, its argument, its parameters and what is in it."""

    name: str
    argument: str = ""
    values: dict[str, str] = field(default_factory=dict)
    sections: list["Section"] = field(default_factory=list)

    def walk(self) -> Iterator["Section"]:
        """Yield all sections within."""
        for each in self.sections:
            yield each
            yield from each.walk()


def parse(text: str) -> Section:
    """Return what a configuration holds; every section ends with its own name."""
    stack = [Section("root")]
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        if ended := re.fullmatch(r"</(\w+)>", line):
            assert stack[-1].name == ended[1], f"line {number}: ends {ended[1]}"
            stack.pop()
        elif begun := re.fullmatch(r"<(\w+)(?:\s+(.+))?>", line):
            section = Section(begun[1], begun[2] or "")
            stack[-1].sections.append(section)
            stack.append(section)
        else:
            key, _, value = line.partition(" ")
            assert key not in stack[-1].values, f"line {number}: {key} twice"
            stack[-1].values[key] = value.strip()
    assert 1 == len(stack), f"{stack[-1].name} does not end"
    return stack[0]


def faults(root: Section) -> list[str]:
    """Return plugins, parameters and labels that do not exist."""
    labels = {each.argument for each in root.sections if each.name == "label"}
    found = []
    for each in root.walk():
        if each.name in ("label", "record"):
            continue
        key = f"{each.name}/{each.values.get('@type', '')}"
        known = PLAIN.get(each.name, PLUGINS.get(key))
        if known is None:
            found.append(f"unknown {key}")
            continue
        found += [f"{key}: {name}" for name in each.values if name not in known | COMMON]
        label = each.values.get("@label")
        found += [f"{key}: {label}" for _ in [0] if label is not None and label not in labels]
    return found


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Section]:
    """Return what parses a configuration."""
    return parse


@pytest.fixture(scope="session")
def faulty() -> Callable[[str], list[str]]:
    """Return what tells what a configuration names and nothing has."""
    return lambda text: faults(parse(text))
