"""The site itself."""

from groundplan.targets.frontend import site


def test_what_is_compressed_is_text(placement):
    """Fonts and pictures are compressed already; doing it again costs and gains nothing."""
    assert not [kind for kind in site.COMPRESSED if kind.startswith(("font/", "image/png"))]


def test_files_come_before_the_application(placement):
    """Assets and names with an ending are files or missing; only the rest is the application."""
    said = "\n".join(site.locations(placement))
    assert said.index("^~ /assets/") < said.index("location / {")
    assert "try_files $uri /index.html @unbuilt;" in said
