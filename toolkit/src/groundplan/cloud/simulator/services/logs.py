"""CloudWatch Logs: saved queries."""

import time
import uuid
from typing import Any

from moto.logs.responses import LogsResponse

from groundplan.cloud.simulator.registry import Call, Refused, operation

KIND = "query definition"


@operation(LogsResponse, "PutQueryDefinition")
def put_query_definition(call: Call) -> dict[str, Any]:
    """Save a query, or replace one."""
    given = call.parameters
    number = given.get("queryDefinitionId") or str(uuid.uuid4())
    row = {**given, "queryDefinitionId": number, "lastModified": int(time.time() * 1000)}
    row.pop("clientToken", None)
    call.table(KIND)[(number,)] = row
    return {"queryDefinitionId": number}


@operation(LogsResponse, "DescribeQueryDefinitions")
def describe_query_definitions(call: Call) -> dict[str, Any]:
    """Return the queries whose name begins as asked for."""
    prefix = call.parameters.get("queryDefinitionNamePrefix", "")
    rows = list(call.table(KIND).values())
    return {"queryDefinitions": [row for row in rows if row["name"].startswith(prefix)]}


@operation(LogsResponse, "DeleteQueryDefinition")
def delete_query_definition(call: Call) -> dict[str, Any]:
    """Forget a query."""
    if call.table(KIND).pop((call.parameters["queryDefinitionId"],), None) is None:
        raise Refused(
            "ResourceNotFoundException", "The specified query definition does not exist."
        )
    return {"success": True}
