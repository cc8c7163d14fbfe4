"""Webhooks send to the internet and nowhere else."""

import pytest

from groundplan_backend.webhooks.address import Addresses, AddressRefused, is_public

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.170.2",
    "100.64.0.1",
    "192.0.0.192",
    "168.63.129.16",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::7f00:1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
]
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"]


def _resolving(*found: str) -> Addresses:
    async def resolve(host: str, port: int) -> list[str]:
        return list(found)

    return Addresses("", resolve)


@pytest.mark.parametrize("address", INSIDE)
async def test_names_that_lead_inside_are_refused(address: str) -> None:
    """Whatever a name is resolved to is judged, whatever it is wrapped in."""
    with pytest.raises(AddressRefused):
        await _resolving(address).target("https://hooks.example/in")


@pytest.mark.parametrize("address", OUTSIDE)
async def test_names_that_lead_outside_are_allowed(address: str) -> None:
    """The connection goes to the address that was judged, under the name that was asked."""
    target = await _resolving(address).target("https://Hooks.Example:8443/in?a=b")
    assert (address, 8443, "hooks.example") == (target.address, target.port, target.host)
    assert ("hooks.example:8443", "/in?a=b") == (target.authority, target.path)


async def test_one_bad_address_of_several_is_enough() -> None:
    """A name may not hide an inner address behind an outer one."""
    with pytest.raises(AddressRefused):
        await _resolving("8.8.8.8", "10.0.0.1").target("https://hooks.example/")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/", "http://hooks.example/", "ftp://hooks.example/",
        "https://user@hooks.example/", "https://user:word@hooks.example/", "https:///path",
        "https://hooks.example:99999/", "https://[bad/",
    ],
)  # fmt: skip
def test_urls_that_say_so_themselves_are_refused(url: str) -> None:
    """Addresses, schemes and users are judged before anything is resolved."""
    with pytest.raises(AddressRefused):
        Addresses().check(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost."])
async def test_spellings_are_resolved_and_judged(host: str) -> None:
    """What the system takes for an address is judged as what it leads to."""
    with pytest.raises((AddressRefused, OSError)):
        await Addresses().target(f"https://{host}/")


async def test_what_is_allowed_is_allowed() -> None:
    """Networks and names of the setting may be inside, and need no https."""
    allowed = Addresses("127.0.0.0/8, Hooks.Inside")
    assert 80 == (await allowed.target("http://127.0.0.1/")).port
    allowed.check("http://hooks.inside/")
    for url in ("http://127.example/", "https://10.0.0.1/"):
        with pytest.raises(AddressRefused):
            allowed.check(url)


def test_the_lists_are_what_they_say() -> None:
    """Negative control: both kinds of addresses are told apart."""
    import ipaddress

    assert not any(is_public(ipaddress.ip_address(one)) for one in INSIDE)
    assert all(is_public(ipaddress.ip_address(one)) for one in OUTSIDE)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..example"])
async def test_what_cannot_be_a_name_is_refused(host: str) -> None:
    """A name with a part that is too long, or empty, stops nobody who sends to others."""
    with pytest.raises(AddressRefused, match="no name"):
        await Addresses().target(f"https://{host}/in")
