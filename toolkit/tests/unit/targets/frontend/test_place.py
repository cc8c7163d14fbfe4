"""Where a frontend finds and keeps things."""

from groundplan.targets.frontend import place


def test_replicas_share_nothing_but_the_site_and_the_state(placement):
    """Each replica has its own socket, process file and temporary folders, in the run folder."""
    one, two = placement.of("frontend")
    own = [
        {place.health_socket(placement, at), place.process_file(placement, at)}
        for at in (one, two)
    ]
    assert own[0].isdisjoint(own[1])
    assert all(path.startswith("/run/gp/") for each in own for path in each)


def test_in_an_image_the_site_has_a_fixed_folder(placement, cluster):
    """On this machine a link in the run folder leads to the built site; an image holds it."""
    assert place.site_folder(placement) == "/run/gp/site"
    assert place.site_folder(cluster) == "/srv/site"
