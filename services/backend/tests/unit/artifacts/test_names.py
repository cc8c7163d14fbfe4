"""Names of files: what a name may be, and how it is handed back."""

import pytest

from groundplan_backend.artifacts import names

HOSTILE = [
    "",
    ".",
    "..",
    "...",
    "../plan",
    "a/../../b",
    "/etc/passwd",
    "//server/share",
    "\\\\server\\share",
    "C:\\windows",
    "C:plan",
    "plan.json\x00.png",
    "a\nb",
    "a\r\nSet-Cookie: x",
    "a\tb",
    "a\x7fb",
    "\u202eexe.txt",
    "a\u200bb",
    "a\u2028b",
    "\ufeffplan",
    "a\u2215b",
    "a\uff0fb",
    "\u2025\u2215etc",
    "%2e%2e%2fetc",
    "..%2f..%2fetc",
    "%00",
    "a%5cb",
    " plan",
    "plan ",
    "plan.",
    ".hidden",
    "CON",
    "con.txt",
    "lpt1",
    "COM9.log",
    "nul",
    "aux.h",
    "a:b",
    "a*b",
    "a?b",
    'a"b',
    "a<b",
    "a>b",
    "a|b",
    "e\u0301.txt",
    "x" * 256,
    "ü" * 128,
    "\ud800",
    "\ue000",
]
FINE = ["plan.json", "a b.txt", "Prüfbericht.pdf", "绘图.png", "x" * 255, "a..b", "100%.txt", "~a"]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_that_could_mean_a_place_is_refused(name: str) -> None:
    """Folders, devices, what cannot be seen, and what is decoded into one of them."""
    assert names.fault(name) is not None


@pytest.mark.parametrize("name", FINE, ids=ascii)
def test_a_name_in_any_language_is_fine(name: str) -> None:
    """Letters of all languages, spaces inside, dots inside."""
    assert names.fault(name) is None


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("a/b.txt", None),
        ("./a", None),
        ("../a", "leads out of the archive"),
        ("a/../../b", "leads out of the archive"),
        ("/etc/passwd", "has an absolute path"),
        ("C:/windows", "has an absolute path"),
        ("a\\..\\b", "has an absolute path"),
        ("", "has no proper name"),
        ("a\x00b", "has no proper name"),
    ],
)
def test_paths_in_archives_stay_inside(path: str, wrong: str | None) -> None:
    """A path inside an archive leads below the folder into which one unpacks it."""
    assert wrong == names.entry_fault(path)


@pytest.mark.parametrize(
    ("name", "target", "fine"),
    [
        ("a/b", "c", True),
        ("a/b", "../c", True),
        ("a/b", "../../c", False),
        ("a", "/etc/passwd", False),
        ("a/b", "c/../../../d", False),
    ],
)
def test_links_in_archives_stay_inside(name: str, target: str, fine: bool) -> None:
    """A link may point to its neighbours, and to nothing above the archive."""
    assert fine == (names.link_fault(name, target) is None)


def test_a_name_comes_back_whole_and_harmless() -> None:
    """Old clients get ASCII, new ones the very name; neither can end the header's value."""
    assert (
        "attachment; filename=\"Pr_f_1_.txt\"; filename*=UTF-8''Pr%C3%BCf%221%22.txt"
        == names.disposition('Prüf"1".txt')
    )
