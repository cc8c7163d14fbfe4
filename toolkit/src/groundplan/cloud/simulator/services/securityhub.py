"""Security Hub: which standards an account is held against, and the hub's configuration."""

from typing import Any

from moto.securityhub.responses import SecurityHubResponse

from groundplan.cloud.simulator.registry import Call, operation


@operation(SecurityHubResponse, "UpdateSecurityHubConfiguration")
def update_security_hub_configuration(call: Call) -> dict[str, Any]:
    """Accept a configuration; the hub does not answer with it."""
    return {}


@operation(SecurityHubResponse, "BatchEnableStandards")
def batch_enable_standards(call: Call) -> dict[str, Any]:
    """Hold the account against standards, ready at once."""
    rows = []
    for request in call.parameters["StandardsSubscriptionRequests"]:
        arn = request["StandardsArn"]
        name = arn.split("standards/")[-1].split("ruleset/")[-1]
        subscription = call.arn("securityhub", f"subscription/{name}")
        row = {
            "StandardsSubscriptionArn": subscription,
            "StandardsArn": arn,
            "StandardsInput": request.get("StandardsInput", {}),
            "StandardsStatus": "READY",
        }
        call.table("standard")[(subscription,)] = row
        rows.append(row)
    return {"StandardsSubscriptions": rows}


@operation(SecurityHubResponse, "GetEnabledStandards")
def get_enabled_standards(call: Call) -> dict[str, Any]:
    """Return the standards that are asked for, or all."""
    wanted = call.parameters.get("StandardsSubscriptionArns")
    rows = list(call.table("standard").items())
    return {"StandardsSubscriptions": [row for (arn,), row in rows if not wanted or arn in wanted]}


@operation(SecurityHubResponse, "BatchDisableStandards")
def batch_disable_standards(call: Call) -> dict[str, Any]:
    """Hold the account against some standards no longer."""
    table = call.table("standard")
    arns = [arn for arn in call.parameters["StandardsSubscriptionArns"] if (arn,) in table]
    return {
        "StandardsSubscriptions": [
            {**table.pop((arn,)), "StandardsStatus": "DELETING"} for arn in arns
        ]
    }
