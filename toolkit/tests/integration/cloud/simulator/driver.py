"""Runs in the simulator's environment: reads calls as lines of JSON, answers each by one line.

A call is [service, operation, parameters, region]; an answer is what boto3 returned, or
{"error": {"Code": ..., "Message": ...}} as AWS words it.
"""

import functools
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


@functools.cache
def client(service, region):
    """Return a client of the simulator at the address that is our first word."""
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=sys.argv[1],
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )


def answer(service, operation, parameters, region):
    """Make one call."""
    try:
        found = getattr(client(service, region), operation)(**parameters)
    except ClientError as error:
        return {"error": error.response["Error"]}
    found.pop("ResponseMetadata", None)
    return found


for line in sys.stdin:
    print(json.dumps(answer(*json.loads(line)), default=str), flush=True)
