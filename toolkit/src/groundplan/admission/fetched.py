"""Whether ExternalSecrets fetch every value that their templates write, and write all they fetch.

A template that names a value which nobody fetches makes no Secret at all, and the pods that mount
it wait for ever. A value that is fetched and not written is a secret in one more place.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from groundplan.admission.finding import Finding, Object, title

ACTION: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
TEXT: Final = re.compile(r'"[^"]*"|`[^`]*`')
VARIABLE: Final = re.compile(r"(?<![\w)\]])\.([A-Za-z_]\w*)")


def findings(objects: Iterable[Object]) -> list[Finding]:
    """Return what is written and not fetched, and what is fetched and not written."""
    return [found for each in objects if each["kind"] == "ExternalSecret" for found in _of(each)]


def _of(secret: Object) -> Iterator[Finding]:
    spec = secret["spec"]
    template = ((spec.get("target") or {}).get("template") or {}).get("data")
    if not template or spec.get("dataFrom"):
        return
    fetched = {each["secretKey"] for each in spec.get("data") or ()}
    written = {name for text in template.values() for name in variables(text)}
    for key, text in template.items():
        for name in sorted(variables(text) - fetched):
            path = f"spec.target.template.data[{key}]"
            yield Finding(title(secret), path, f"must write what is fetched, writes {name}")
    for name in sorted(fetched - written):
        yield Finding(title(secret), f"spec.data[{name}]", "must be written by the template")


def variables(text: str) -> set[str]:
    """Return the values that a template names; words inside of quotes are none."""
    actions = (TEXT.sub("", action) for action in ACTION.findall(text))
    return {name for action in actions for name in VARIABLE.findall(action)}
