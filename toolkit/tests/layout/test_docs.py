"""Pages lead somewhere: links, their sections, and paths that texts name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
APART = {".venv", ".git", "node_modules", ".pytest_cache", ".hypothesis", "dist", ".groundplan"}
PAGES = sorted(
    path for path in ROOT.rglob("*.md") if not APART & set(path.relative_to(ROOT).parts)
)
FOLDERS = "toolkit|services|docs|examples|bench|tests|generated|requirements"


def sections(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def faults(page: Path, root: Path = ROOT) -> Iterator[str]:
    """Yield links and paths of a page that lead nowhere; words in capitals stand for others."""
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"\w+:", link) and not leads_somewhere(link, page):
            yield link
    for named in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text):
        if not (root / named).exists() and not re.search(r"/[A-Z]+/", named):
            yield named


def leads_somewhere(link: str, page: Path) -> bool:
    """Say whether the file of a link, and its section, are there."""
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in sections(target)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_and_path_leads_somewhere(page: Path) -> None:
    """A page names no file, folder or section that is not there."""
    assert [] == list(faults(page))


def test_dead_ends_are_found(tmp_path: Path) -> None:
    """A missing page, a missing section and a missing path are each found."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A b\n[x](none.md) [y](#no) [z](#a-b) [w](https://x.example)\n`docs/none.md`\n"
    )
    assert ["none.md", "#no", "docs/none.md"] == list(faults(page, tmp_path))
