"""Takes secrets out of texts: known ones by their value, others by how they look."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from groundplan.runner.export import forms, patterns


class Scrubber:
    """Replaces secrets by their names, and counts what it took out."""

    def __init__(self, secrets: Mapping[str, str], places: Mapping[str, str]) -> None:
        """Learn what must not be told.

        Args:
            secrets: values by name.
            places: what stands in the place of paths and names of this machine, by those.
        """
        self.taken: Counter[str] = Counter()
        """How often each secret and each kind was found."""
        self.short = sorted(n for n, value in secrets.items() if 0 < len(value) < forms.SHORTEST)
        """Names of secrets that are too short to be searched for."""
        self._forms: list[tuple[str, str]] = []
        self._cut: dict[str, tuple[re.Pattern[str], str]] = {}
        """By its beginning: what finds a secret whose end is missing."""
        longest = sorted(places.items(), key=lambda each: -len(each[0]))
        self._places = [(_whole(place), instead) for place, instead in longest]
        self.learn(secrets.items())

    def learn(self, secrets: Iterable[tuple[str, str]]) -> None:
        """Search for more values from now on; the longest are replaced first."""
        known = dict(self._forms)
        for name, value in secrets:
            for form in forms.of(value) if len(value) >= forms.SHORTEST else ():
                known.setdefault(form, name)
            if first := forms.beginning(value):
                self._cut[first] = (re.compile(rf"{re.escape(first)}[\w-]*"), name)
        self._forms = sorted(known.items(), key=lambda each: -len(each[0]))

    def scrub(self, text: str) -> str:
        """Return a text without secrets and without this machine's names."""
        for form, name in self._forms:
            if form in text:
                self.taken[f"secret {name}"] += text.count(form)
                text = text.replace(form, f"<secret {name}>")
        for first, (pattern, name) in self._cut.items():
            if first in text:
                text, found = pattern.subn(f"<secret {name}>", text)
                self.taken[f"secret {name}"] += found
        for place, instead in self._places:
            text = place.sub(instead, text)
        return patterns.remove(text, self.taken)


def _whole(place: str) -> re.Pattern[str]:
    """Return what finds a path or a name, but not as a part of another."""
    before = "" if place.startswith("/") else r"(?<![\w-])"
    return re.compile(rf"{before}{re.escape(place)}(?![\w-])")
