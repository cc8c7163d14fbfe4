"""Links: whom they let in, and until when."""

import time
import uuid

import pytest

from groundplan_backend.artifacts.links import Links
from groundplan_backend.errors import LinkEnded
from groundplan_backend.settings import Secret

ARTIFACT = uuid.UUID(int=1)


def test_a_link_opens_until_it_expires() -> None:
    """The artifact and the time that were signed, and no other."""
    links, later = Links(Secret("k")), int(time.time()) + 60
    signature = links.sign(ARTIFACT, later)
    links.check(ARTIFACT, later, signature)
    past = int(time.time()) - 1
    for artifact, expires, proof in [
        (uuid.UUID(int=2), later, signature),
        (ARTIFACT, later + 1, signature),
        (ARTIFACT, later, signature[:-1] + ("A" if signature[-1] != "A" else "B")),
        (ARTIFACT, past, links.sign(ARTIFACT, past)),
        (ARTIFACT, later, Links(Secret("other")).sign(ARTIFACT, later)),
    ]:
        with pytest.raises(LinkEnded):
            links.check(artifact, expires, proof)
