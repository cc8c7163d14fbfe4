"""Known secrets are replaced by their names, paths and names by words."""

from groundplan.runner.export.scrubber import Scrubber


def test_a_secret_is_replaced_by_its_name_and_counted():
    """Wherever it stands, also within a longer word."""
    found = Scrubber({"gateway-key": "f00dcafe"}, {})
    assert "a <secret gateway-key>, x<secret gateway-key>y" == found.scrub(
        "a f00dcafe, xf00dcafey"
    )
    assert {"secret gateway-key": 2} == {kind: n for kind, n in found.taken.items() if n}


def test_the_longest_secret_goes_first():
    """A URL that holds a password is one secret, not the rest of one."""
    found = Scrubber({"password": "hunter22", "url": "pg://u:hunter22@h"}, {})
    assert "at <secret url>" == found.scrub("at pg://u:hunter22@h")


def test_more_can_be_learned():
    """What a text calls a secret is searched for from then on."""
    found = Scrubber({}, {})
    found.learn([("of the file", "sunflower")])
    assert "<secret of the file>" == found.scrub("sunflower")


def test_a_short_one_is_told_and_not_searched_for():
    """Five letters would tear other texts apart."""
    found = Scrubber({"pin": "12345", "empty": ""}, {})
    assert (["pin"], "port 12345") == (found.short, found.scrub("port 12345"))


def test_places_are_replaced_whole():
    """The longest path first, and a name only where it stands alone."""
    found = Scrubber({}, {"/home/ada": "~", "/home/ada/data": "<data>", "ada": "<user>"})
    text = "/home/ada/data/x /home/ada/y /home/adam ada adagio"
    assert "<data>/x ~/y /home/adam <user> adagio" == found.scrub(text)


def test_a_secret_that_was_cut_off_is_known_by_its_beginning():
    """Lines are cut at some length; half a key is still a half too much."""
    key = "0123456789abcdef0123456789abcdef"
    found = Scrubber({"gateway-key": key}, {})
    assert "said <secret gateway-key> ..." == found.scrub(f"said {key[:20]} ...")
