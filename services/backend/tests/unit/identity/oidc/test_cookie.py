from groundplan_backend.identity.oidc.cookie import StateCookie


def _words(header: tuple[bytes, bytes]) -> str:
    return header[1].decode()


def test_the_cookie_comes_back_from_another_site_but_to_no_script() -> None:
    """Lax, HttpOnly, minutes; with https only there and for the whole host's own use."""
    plain, secure = StateCookie("http://console"), StateCookie("https://console")
    assert "HttpOnly; SameSite=Lax; Max-Age=600" in _words(plain.write("abc"))
    assert _words(secure.write("abc")).startswith("__Host-groundplan_oidc=abc; Path=/; Secure")
    assert "Max-Age=0" in _words(plain.clear())


def test_it_is_read_as_it_was_written() -> None:
    """And nothing is read from a cookie of another name, an empty or a broken one."""
    cookie = StateCookie("http://console")
    assert "abc" == cookie.read({b"cookie": b"a=b; groundplan_oidc=abc"})
    for header in (b"", b"groundplan_oidc=", b"other=abc", b"\xff\x00;;="):
        assert cookie.read({b"cookie": header}) is None
    assert cookie.read({}) is None
