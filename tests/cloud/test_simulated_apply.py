"""An environment applied to simulated AWS is what the file says, read back with boto3 alone."""

import json
import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any

import pytest

from groundplan.model import way
from groundplan.model.platform import Platform
from groundplan.reach import group
from groundplan.reach.group import Direction, Rule
from groundplan.reach.internet import Entry, Gates, Route, Subnet, gates
from tests.cloud import recorded
from tests.cloud.apply import ROOT, Applied

NAME = "groundplan-dev"
TAGS = {"stack": NAME, "platform": "groundplan", "environment": "dev", "managed-by": "terraform"}
GIBI = 1 << 30


@pytest.fixture(scope="session")
def account(applied: Applied) -> dict[str, Any]:
    """Return what boto3 reads."""
    read: dict[str, Any] = applied.account(NAME)
    return read


def tags(of: Mapping[str, Any]) -> dict[str, str]:
    """Return AWS's list of tags as a mapping."""
    return {each["Key"]: each["Value"] for each in of.get("Tags", [])}


def test_it_is_applied_and_nothing_is_left_to_do(applied: Applied) -> None:
    """From nothing to the table: every type is counted, and the second plan is empty."""
    summary = re.search(r"(\d+) resources of (\d+) types applied.*", applied.words)
    assert summary, applied.words[-2000:]
    assert int(summary[1]) >= 150
    assert "the second plan is empty" in summary[0]


def test_networks_and_zones(account: dict[str, Any], platform: Platform) -> None:
    """The VPC and its subnets have the file's networks, each tier in every zone."""
    assert [str(platform.network.cidr)] == [vpc["CidrBlock"] for vpc in account["vpcs"]]
    found = {(each["CidrBlock"], each["AvailabilityZone"]) for each in account["subnets"]}
    tiers = platform.network.subnets
    assert found == {
        (str(subnet), zone)
        for tier in (tiers.public, tiers.private, tiers.database)
        for subnet, zone in zip(tier, platform.zones, strict=True)
    }
    assert not any(each["MapPublicIpOnLaunch"] for each in account["subnets"])


def test_routes(account: dict[str, Any], platform: Platform) -> None:
    """Public subnets lead to the internet, private ones to NAT, database subnets nowhere."""
    tiers = platform.network.subnets
    ways_out = {
        cidr: {
            next(value.split("-")[0] for key, value in route.items() if key.endswith("GatewayId"))
            for route in table["Routes"]
            if route.get("DestinationCidrBlock") == "0.0.0.0/0"
        }
        for cidr, table in _tables(account).items()
    }
    assert [{"igw"}] * 3 == [ways_out[str(subnet)] for subnet in tiers.public]
    assert [{"nat"}] * 3 == [ways_out[str(subnet)] for subnet in tiers.private]
    assert [set()] * 3 == [ways_out[str(subnet)] for subnet in tiers.database]
    assert 1 == len(account["nats"])


def _tables(account: dict[str, Any]) -> dict[str, Any]:
    """Return each subnet's route table."""
    named = {
        association["SubnetId"]: table
        for table in account["tables"]
        for association in table["Associations"]
        if "SubnetId" in association
    }
    return {each["CidrBlock"]: named[each["SubnetId"]] for each in account["subnets"]}


def test_nodes(account: dict[str, Any], platform: Platform) -> None:
    """The cluster has the file's version, endpoint and node groups."""
    (cluster,) = account["clusters"]
    assert platform.cluster.version == cluster["version"]
    assert not cluster["resourcesVpcConfig"]["endpointPublicAccess"]
    assert cluster["resourcesVpcConfig"]["endpointPrivateAccess"]
    assert cluster["encryptionConfig"][0]["resources"] == ["secrets"]
    found = {
        (
            tuple(each["instanceTypes"]),
            each["capacityType"],
            each["scalingConfig"]["minSize"],
            each["scalingConfig"]["desiredSize"],
            each["scalingConfig"]["maxSize"],
        )
        for each in cluster["nodegroups"]
    }
    assert found == {
        (
            each.instance_types,
            each.capacity.value.upper().replace("-", "_"),
            each.min,
            each.desired,
            each.max,
        )
        for each in platform.cluster.node_groups.values()
    }


def test_database(account: dict[str, Any], platform: Platform) -> None:
    """Engine, class, storage, backups, zones and encryption are the file's; TLS is forced."""
    wanted = platform.database
    (database,) = account["instances"]
    assert ("postgres", wanted.instance) == (database["Engine"], database["DBInstanceClass"])
    assert database["EngineVersion"].split(".")[0] == wanted.version
    assert database["AllocatedStorage"] == round(wanted.storage / GIBI)
    assert database["BackupRetentionPeriod"] == wanted.backup_days
    assert database["MultiAZ"] == wanted.multi_zone
    assert database["StorageEncrypted"]
    assert database["KmsKeyId"]
    assert not database["PubliclyAccessible"]
    assert database["IAMDatabaseAuthenticationEnabled"]
    assert account["parameters"]["rds.force_ssl"] == "1"
    assert account["parameters"]["max_connections"] == str(wanted.max_connections)


def test_buckets(account: dict[str, Any], platform: Platform) -> None:
    """Every bucket of the file is there, versioned as it says, encrypted, closed to the public."""
    buckets = {each["name"].removeprefix(f"{NAME}-"): each for each in account["buckets"]}
    for name, wanted in platform.storage.buckets.items():
        (found,) = [each for key, each in buckets.items() if key.startswith(f"{name}-")]
        assert wanted.versioning == (found["versioning"] == "Enabled"), name
        assert all(found["public"].values()), name
        assert found["encryption"]["Rules"], name


def rules(account: dict[str, Any]) -> Iterator[Rule]:
    """Yield every rule of the stack's groups, the groups by the names that the file gives them.

    EKS makes a group of its own for its interfaces, which nothing of ours is in.
    """
    ours = [each for each in account["groups"] if tags(each).get("stack") == NAME]
    names = {each["GroupId"]: tags(each)["Name"].removeprefix(f"{NAME}-") for each in ours}
    for each in ours:
        for direction, key in (
            (Direction.INGRESS, "IpPermissions"),
            (Direction.EGRESS, "IpPermissionsEgress"),
        ):
            for rule in each[key]:
                peers = [names[pair["GroupId"]] for pair in rule["UserIdGroupPairs"]]
                peers += [found["CidrIp"] for found in rule["IpRanges"]]
                for peer in peers:
                    yield Rule(
                        names[each["GroupId"]],
                        direction,
                        peer,
                        rule.get("FromPort", -1),
                        rule.get("ToPort", -1),
                        rule["IpProtocol"],
                    )


def test_security_groups_are_the_arrows(account: dict[str, Any], platform: Platform) -> None:
    """What the rules open is what the file means: nothing missing, nothing beside it."""
    assert group.Difference((), ()) == group.compare(way.ways(platform), rules(account))


def _subnet(account: dict[str, Any], cidr: str) -> Subnet:
    number = next(each["SubnetId"] for each in account["subnets"] if each["CidrBlock"] == cidr)
    routes = tuple(
        Route(
            IPv4Network(route["DestinationCidrBlock"]),
            next(value for key, value in route.items() if key.endswith("GatewayId")),
        )
        for route in _tables(account)[cidr]["Routes"]
        if "DestinationCidrBlock" in route
    )
    found = next(
        each
        for each in account["lists"]
        if number in {association["SubnetId"] for association in each["Associations"]}
    )
    return Subnet(routes, tuple(_entry(each) for each in found["Entries"]))


def _entry(of: Mapping[str, Any]) -> Entry:
    protocol = {"6": "tcp", "17": "udp", "1": "icmp"}.get(of["Protocol"], of["Protocol"])
    ports = of.get("PortRange", {})
    return Entry(
        of["RuleNumber"],
        Direction.EGRESS if of["Egress"] else Direction.INGRESS,
        IPv4Network(of["CidrBlock"]),
        ports.get("From", 0),
        ports.get("To", 65535),
        protocol,
        of["RuleAction"] == "allow",
    )


def test_the_internet_does_not_reach_the_database(
    account: dict[str, Any], platform: Platform
) -> None:
    """All three gates are closed: no route, no entry of an access list, no group's rule."""
    database = [each for each in rules(account) if each.group == way.DATABASE_GROUP]
    assert database
    for cidr in platform.network.subnets.database:
        found = gates(_subnet(account, str(cidr)), database, 5432)
        assert Gates(route=False, access_list=False, group=False) == found


def test_the_internet_does_reach_the_load_balancer(
    account: dict[str, Any], platform: Platform
) -> None:
    """Negative control: where a path is meant, the same computation finds it."""
    balancer = [each for each in rules(account) if each.group == way.LOAD_BALANCER]
    for cidr in platform.network.subnets.public:
        assert gates(_subnet(account, str(cidr)), balancer, 443).is_path


def test_everything_is_tagged(applied: Applied) -> None:
    """Every resource that can carry tags carries the stack's."""
    resources = applied.state()
    taggable = [each for each in resources if "tags" in each]
    assert len(taggable) > 80
    bare = [
        each["address"] for each in taggable if not TAGS.items() <= (each["tags"] or {}).items()
    ]
    assert [] == bare


def test_planning_again_changes_nothing(applied: Applied) -> None:
    """A later plan against the same account is empty."""
    done = applied.run("plan")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "nothing changes" in (done.stdout + done.stderr).lower()


def _unallowed(applied: Applied) -> list[str]:
    """Return what was called and does not stand in the policy of the documentation."""
    policy = json.loads((ROOT / "docs/reference/permissions.json").read_text())
    allowed = [action for each in policy["Statement"] for action in each["Action"]]
    record = applied.folder / "simulator.log"
    called = recorded.actions(record.read_text().splitlines())
    assert len(called) > 100
    assert "iam:CreateUser" in recorded.missing({*called, "iam:CreateUser"}, allowed)
    return recorded.missing(called, allowed)


def test_the_documented_policy_allows_the_apply(applied: Applied) -> None:
    """Every operation that was called stands in it; one that was not called, does not."""
    assert [] == _unallowed(applied)


def test_zz_destroying_leaves_nothing(applied: Applied) -> None:
    """Destroy ends it all and proves it, and boto3 finds nothing of ours; it runs last."""
    done = applied.run("destroy", "--keep")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "nothing chargeable remains" in done.stdout
    left = applied.account(NAME)
    assert ([], [], []) == (left["vpcs"], left["instances"], left["clusters"])
    assert [] == [each for each in left["buckets"] if each["name"].startswith(NAME)]
    assert [] == _unallowed(applied)
