"""What a device is called: the browser and system of a user agent, as people know them."""

import re
from typing import Final

# The first that fits: most browsers also name those that they are like.
_BROWSERS: Final = (
    ("Edge", re.compile(r"\bEdgA?(?:iOS)?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(?:HeadlessChrome|Chrome|CriOS)/")),
    ("Safari", re.compile(r"\bVersion/[\d.]+.*\bSafari/")),
    ("curl", re.compile(r"^curl/")),
    ("Python", re.compile(r"^python-(?:httpx|requests|urllib)")),
)
_SYSTEMS: Final = (
    ("Android", re.compile(r"\bAndroid\b")),
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("macOS", re.compile(r"\bMac OS X\b|\bMacintosh\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def name(agent: str) -> str:
    """Return `Firefox on Linux`, as much of it as the user agent tells."""
    browser = next((word for word, form in _BROWSERS if form.search(agent)), "")
    system = next((word for word, form in _SYSTEMS if form.search(agent)), "")
    return " on ".join(word for word in (browser, system) if word) or "unknown device"
