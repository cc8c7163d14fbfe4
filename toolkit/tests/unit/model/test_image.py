"""The table of images that more than one target runs."""

import re

from groundplan.model import image
from groundplan.model.image import Image


def test_every_row_names_a_version_a_source_and_a_day() -> None:
    """None floats, and who renews one knows where it is from."""
    for each in image.IMAGES:
        assert re.match(r"v?\d+\.\d+\.\d+", each.tag), each
        assert each.source.startswith("https://")
        assert re.fullmatch(r"2026-\d\d-\d\d", each.seen), each
        assert each.digest == "" or re.fullmatch(r"sha256:[0-9a-f]{64}", each.digest)
    assert len(image.IMAGES) == len({each.name for each in image.IMAGES})


def test_a_digest_decides_where_there_is_one() -> None:
    """The tag is for people; without a digest it stands alone."""
    assert "r/x:1.0.0@sha256:d" == Image("r/x", "1.0.0", "sha256:d", "", "").reference
    assert "r/x:1.0.0" == Image("r/x", "1.0.0", "", "", "").reference
