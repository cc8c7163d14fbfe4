"""Reads an account's APIs with boto3 alone and prints what it finds as JSON.

Run by an interpreter that has boto3: `python read_account.py REGION NAME`, with the endpoint in
AWS_ENDPOINT_URL. It knows nothing of Groundplan, so what it says was not made up by it.
"""

import json
import sys

import boto3


def read(region, name):
    """Return the parts of the stack `name`."""
    ec2, rds = boto3.client("ec2", region), boto3.client("rds", region)
    eks = boto3.client("eks", region)
    ours = [{"Name": "tag:stack", "Values": [name]}]
    vpc = ec2.describe_vpcs(Filters=ours)["Vpcs"]
    inside = [{"Name": "vpc-id", "Values": [each["VpcId"] for each in vpc] or ["none"]}]
    return {
        "vpcs": vpc,
        "subnets": ec2.describe_subnets(Filters=inside)["Subnets"],
        "tables": ec2.describe_route_tables(Filters=inside)["RouteTables"],
        "lists": ec2.describe_network_acls(Filters=inside)["NetworkAcls"],
        "groups": ec2.describe_security_groups(Filters=inside)["SecurityGroups"],
        "nats": ec2.describe_nat_gateways(Filters=inside)["NatGateways"],
        "instances": rds.describe_db_instances()["DBInstances"],
        "databaseSubnets": rds.describe_db_subnet_groups()["DBSubnetGroups"],
        "parameters": parameters(rds),
        "clusters": [cluster(eks, found) for found in eks.list_clusters()["clusters"]],
        "buckets": [bucket(region, each["Name"]) for each in buckets(region)],
    }


def parameters(rds):
    """Return what the database instances are told, by name."""
    found = {}
    for instance in rds.describe_db_instances()["DBInstances"]:
        for group in instance["DBParameterGroups"]:
            pages = rds.get_paginator("describe_db_parameters")
            for page in pages.paginate(DBParameterGroupName=group["DBParameterGroupName"]):
                for each in page["Parameters"]:
                    found[each["ParameterName"]] = each.get("ParameterValue")
    return found


def cluster(eks, name):
    """Return a cluster with its node groups."""
    found = eks.describe_cluster(name=name)["cluster"]
    groups = eks.list_nodegroups(clusterName=name)["nodegroups"]
    found["nodegroups"] = [
        eks.describe_nodegroup(clusterName=name, nodegroupName=group)["nodegroup"]
        for group in groups
    ]
    return found


def buckets(region):
    """Return all buckets."""
    return boto3.client("s3", region).list_buckets()["Buckets"]


def bucket(region, name):
    """Return what guards a bucket."""
    s3 = boto3.client("s3", region)
    return {
        "name": name,
        "versioning": s3.get_bucket_versioning(Bucket=name).get("Status"),
        "encryption": s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"],
        "public": s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"],
    }


if __name__ == "__main__":
    print(json.dumps(read(*sys.argv[1:]), default=str))
