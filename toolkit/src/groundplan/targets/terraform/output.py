"""What the root tells people and what comes after it."""

from groundplan.formats.hcl import Block, Expression
from groundplan.model import flow, way
from groundplan.model.data import ARTIFACTS
from groundplan.model.setting import ARTIFACTS_BUCKET, DATABASE_REPLICAS
from groundplan.targets.terraform.stack import Stack, of


def blocks(stack: Stack) -> list[Block]:
    """Return the outputs; none holds a secret."""
    region = stack.platform.region
    join = f"aws eks update-kubeconfig --region {region} --name ${{module.cluster.name}}"
    return [
        _output("vpc_id", "The VPC.", of("network", "vpc_id")),
        _output("cluster_name", "The Kubernetes cluster.", of("cluster", "name")),
        _output("cluster_access", "How to reach it with kubectl.", Expression(f'"{join}"')),
        _output("database_endpoint", "Where PostgreSQL listens.", of("database", "endpoint")),
        *(_replicas() if stack.platform.database.read_replicas else ()),
        _output(
            "database_secret_arn",
            "The secret that holds its administrator's password.",
            of("database", "master_secret_arn"),
        ),
        _output("repository_urls", "Where images are pushed.", of("storage", "repository_urls")),
        _output("bucket_names", "The buckets.", of("storage", "bucket_names")),
        _output(
            "logs_bucket_name",
            "The bucket that takes access logs, the load balancer's too.",
            of("storage", "bucket_names", "logs"),
        ),
        *_artifacts(stack),
        *(_backups() if flow.are_copies_sent(stack.platform) else ()),
        _output(
            "name_servers",
            "What the domain's registrar must be told.",
            of("edge", "name_servers"),
        ),
        _output(
            "certificate_arn", "The load balancer's certificate.", of("edge", "certificate_arn")
        ),
        _output("web_acl_arn", "The load balancer's firewall.", of("edge", "web_acl_arn")),
        _output(
            "load_balancer_security_group_id",
            "The load balancer's security group.",
            of("security", "group_ids", way.LOAD_BALANCER),
        ),
        *(_workflows() if stack.platform.delivery.repository is not None else ()),
    ]


def _replicas() -> list[Block]:
    each = '"${host}:${module.database.port}"'
    listed = f'join(",", [for host in module.database.replica_endpoints : {each}])'
    words = "Where the read replicas of PostgreSQL listen, as an address names several."
    return [_output(DATABASE_REPLICAS, words, Expression(listed))]


def _backups() -> list[Block]:
    where = of("storage", "bucket_names", flow.BACKUPS)
    return [_output("backups_bucket_name", "The bucket that takes copies of the cache.", where)]


def _workflows() -> list[Block]:
    """Return the roles that GitHub's workflows take."""
    whose = {
        "push": "Role of workflows on the branch: they push images.",
        "plan": "Role of pull requests: they read.",
        "apply": "Role of jobs in the environment that apply Terraform.",
        "deploy": "Role of jobs in the environment that deliver.",
    }
    return [
        _output(f"{role}_role_arn", words, of("delivery", f"{role}_role_arn"))
        for role, words in whose.items()
    ]


def _artifacts(stack: Stack) -> list[Block]:
    if ARTIFACTS not in stack.platform.storage.buckets:
        return []
    name = of("storage", "bucket_names", ARTIFACTS)
    return [_output(ARTIFACTS_BUCKET, "The bucket that keeps files of releases.", name)]


def _output(name: str, description: str, value: Expression) -> Block:
    return Block("output", (name,), {"description": description, "value": value})
