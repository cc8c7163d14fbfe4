import pytest

from groundplan_backend.identity import device_names

_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (_WINDOWS + "Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows"),
        (_WINDOWS + "Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (_WINDOWS + "Chrome/140.0.0.0 Safari/537.36 OPR/120.0", "Opera on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari on macOS",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.9.1", "curl"),
        ("python-httpx/0.28.1", "Python"),
        ("", "unknown device"),
        ("\x1b[31m<script>", "unknown device"),
    ],
)
def test_a_device_has_the_name_that_people_know(agent: str, name: str) -> None:
    """Browsers that pretend to be others are told apart; what is unknown says so."""
    assert name == device_names.name(agent)
