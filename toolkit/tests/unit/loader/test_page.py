"""The reference page of the file."""

from pathlib import Path

from groundplan.loader import page, schema

ROOT = Path(__file__).parents[4]


def test_the_published_page_is_current() -> None:
    """docs/reference/platform-yaml.md is what `./run schema --markdown` prints."""
    assert page.build() == (ROOT / "docs/reference/platform-yaml.md").read_text()


def test_names_every_field() -> None:
    """Every key of every type has its row."""
    text = page.build()
    for of in schema.build()["$defs"].values():
        for key in of.get("properties", {}):
            assert f"| `{key}` |" in text


def test_links_lead_to_sections() -> None:
    """Each type that is linked has its heading."""
    text = page.build()
    headings = {line[3:].lower() for line in text.splitlines() if line.startswith("## ")}
    links = {each.split(")")[0] for each in text.split("](#")[1:]}
    assert set() == links - headings
