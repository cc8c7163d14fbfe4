"""Flows follow from the arrows of the file."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network

from groundplan.model import flow
from groundplan.model.flow import Flow, Networks, Pods
from groundplan.model.platform import Platform

PlatformWith = Callable[[str], Platform]


def of(platform: Platform, party: str) -> set[str]:
    """Return the flows of a party in words, names of services aside."""
    return {
        str(each)
        for each in flow.flows(platform)
        if party in (each.origin, each.target) and each.target != flow.DNS
    }


def test_every_call_is_a_flow(reference: Platform) -> None:
    """Services on their port, stores on theirs, users through the load balancer."""
    assert {
        "aws/load-balancer to frontend tcp 8443",
        "frontend to gateway tcp 8443",
        "monitoring/prometheus to frontend tcp 9113",
    } == of(reference, "frontend")
    assert {
        "gateway to backend tcp 8443",
        "backend to aws/pod-identity tcp 80",
        "backend to cache tcp 6379",
        "backend to database tcp 5432",
        "backend to storage tcp 443",
        "backend to collector tcp 4318",
        "backend to monitoring/prometheus tcp 9090",
        "backend to monitoring/jaeger tcp 16686",
        "backend to monitoring/elasticsearch tcp 9200",
        "monitoring/prometheus to backend tcp 8443",
    } == of(reference, "backend")
    assert {
        "frontend to gateway tcp 8443",
        "gateway to authz tcp 8443",
        "gateway to backend tcp 8443",
        "gateway to collector tcp 4318",
        "monitoring/prometheus to gateway tcp 9901",
    } == of(reference, "gateway")


def test_every_flow_has_a_reason(reference: Platform) -> None:
    """In words that name the arrow."""
    found = flow.flows(reference)
    assert "backend calls cache" == found[Flow("backend", "cache", 6379)]
    assert all(found.values())


def test_every_pod_asks_for_names(reference: Platform) -> None:
    """Over UDP and TCP, from kube-dns alone."""
    asking = {(each.origin, each.protocol) for each in flow.flows(reference) if each.port == 53}
    expected = {(name, kind) for name in flow.components(reference) for kind in ("tcp", "udp")}
    assert expected == asking


def test_jobs_reach_what_they_work_on(platform_with: PlatformWith) -> None:
    """Migrations and accounts the database, the backup the cache."""
    platform = platform_with("storage: {buckets: {backups: null}}")
    assert {"migrate-backend to database tcp 5432"} == of(platform, "migrate-backend")
    assert {"accounts to database tcp 5432"} == of(platform, flow.ACCOUNTS)
    assert {"cache-backup to cache tcp 6379"} == of(platform, flow.CACHE_BACKUP)
    assert {} == flow.copies(platform_with("cache: {persistence: {enabled: false}}"))
    assert {} == flow.hooks(platform_with("services: {backend: {calls: [cache]}}"))


def test_jobs_with_copies_reach_the_bucket(platform_with: PlatformWith) -> None:
    """Where the file has it, and with a cache that is kept; nobody else needs to."""
    platform = platform_with("")
    for name in (flow.CACHE_BACKUP, flow.CACHE_RESTORE_CHECK, flow.CACHE_RESTORE):
        reached = {f"{name} to storage tcp 443", f"{name} to aws/pod-identity tcp 80"}
        assert reached == of(platform, name) - {f"{name} to cache tcp 6379"}
    assert set(flow.copies(platform)) == set(flow.keepers(platform))
    without = platform_with("storage: {buckets: {backups: null}}")
    assert () == flow.keepers(without)
    assert set() == of(without, flow.CACHE_RESTORE) | of(without, flow.CACHE_RESTORE_CHECK)


def test_exporters_reach_the_store_that_they_show(platform_with: PlatformWith) -> None:
    """And nothing else; a database that nobody calls has none."""
    platform = platform_with("")
    assert {
        "cache-exporter to cache tcp 6379",
        "monitoring/prometheus to cache-exporter tcp 9121",
    } == of(platform, flow.CACHE_EXPORTER)
    assert {
        "database-exporter to database tcp 5432",
        "monitoring/prometheus to database-exporter tcp 9187",
    } == of(platform, flow.DATABASE_EXPORTER)
    without = platform_with("services: {backend: {calls: [cache], routes: []}}")
    assert [flow.CACHE_EXPORTER] == list(flow.exporters(without))


def test_spans_go_to_the_collector_and_on(reference: Platform) -> None:
    """From all that send them; the edge's are made from its log."""
    found = of(reference, flow.COLLECTOR)
    assert "collector to monitoring/collector-gateway tcp 4317" in found
    senders = {name.split()[0] for name in found if name.endswith("to collector tcp 4318")}
    assert {"gateway", "authz", "backend"} == senders


def test_storage_is_reached_over_public_addresses(platform_with: PlatformWith) -> None:
    """With the rights that the agent on the node gives; never the metadata of machines."""
    platform = platform_with("")
    without = platform_with("services: {backend: {calls: [database, cache]}}")
    more = of(platform, "backend") - of(without, "backend")
    assert {"backend to storage tcp 443", "backend to aws/pod-identity tcp 80"} == more
    storage = flow.parties(platform)["storage"]
    assert isinstance(storage, Networks)
    for inside in ("169.254.169.254", "10.0.52.1", "10.100.0.1", "192.168.1.1", "172.16.0.1"):
        assert any(IPv4Address(inside) in network for network in storage.outside), inside


def test_a_vpc_of_public_addresses_is_not_the_internet(platform_with: PlatformWith) -> None:
    """Whatever its network is, it is left out of what storage means."""
    changed = platform_with(
        "network: {cidr: 203.0.112.0/20, subnets: {public: [203.0.112.0/24], "
        "private: [203.0.113.0/24], database: [203.0.114.0/24]}}"
    )
    storage = flow.parties(changed)["storage"]
    assert isinstance(storage, Networks)
    assert IPv4Network("203.0.112.0/20") in storage.outside


def test_no_service_can_have_the_name_of_another_party(reference: Platform) -> None:
    """Names of others have a slash, and stores are no services."""
    parties = flow.parties(reference)
    own = flow.components(reference)
    others = {name for name in parties if name not in own}
    assert {True} == {"/" in name or name in ("database", "storage") for name in others}
    assert Pods("kube-system", "k8s-app", "kube-dns") == parties[flow.DNS]


def test_without_encryption_the_port_is_another(platform_with: PlatformWith) -> None:
    """As in the placement."""
    platform = platform_with("security: {encryption: {inTransit: false}}")
    assert Flow("frontend", "gateway", 8080) in flow.flows(platform)


def test_services_have_addresses_of_their_own(platform_with: PlatformWith) -> None:
    """Neither the VPC's nor those of people who come in; the API is at the first."""
    assert IPv4Network("172.20.0.0/16") == flow.service_network(platform_with(""))
    assert IPv4Network("172.20.0.1/32") == flow.api_address(platform_with(""))
    changed = platform_with(
        "network: {cidr: 172.20.0.0/16, subnets: {public: [172.20.0.0/24], "
        "private: [172.20.1.0/24], database: [172.20.2.0/24]}, "
        "vpn: {enabled: true, cidr: 10.100.0.0/22}}"
    )
    assert IPv4Network("192.168.0.0/16") == flow.service_network(changed)


def test_elasticsearch_is_known_as_its_service_knows_it(reference: Platform) -> None:
    """By the label of its operator; by ours the service's address would stay closed."""
    label = "common.k8s.elastic.co/type"
    wanted = Pods("monitoring", label, "elasticsearch")
    assert wanted == flow.parties(reference)[flow.ELASTICSEARCH]
