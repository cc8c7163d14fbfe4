"""EC2 security group rules: descriptions of rules between groups and to prefix lists.

moto keeps descriptions where the other side is, and answers with those of addresses only.
"""

from collections.abc import Callable
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses import EC2Response

from groundplan.cloud.simulator.registry import Call, completed, computed, corrected

AUTHORIZING = ("AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress")


@corrected(SecurityGroupRule, "__init__", "ec2", *AUTHORIZING)
def make(original: Callable[..., None], rule: Any, *args: Any, **given: Any) -> None:
    """Keep the description of a rule to a prefix list."""
    original(rule, *args, **given)
    rule.prefix_list_description = (given.get("prefix_list_id") or {}).get("Description")


@computed(SecurityGroupRule, "description", "ec2", "DescribeSecurityGroupRules")
def description(rule: Any) -> Any:
    """Return the description, whatever the other side is."""
    for side in (rule.ip_range, rule.source_group):
        if "Description" in side:
            return side["Description"]
    return rule.prefix_list_description


@completed(EC2Response, "ModifySecurityGroupRules")
def modify_security_group_rules(call: Call, answer: Any) -> None:
    """Put a new description where the rule's other side is; moto takes all for addresses."""
    changed = [one["SecurityGroupRuleId"] for one in call.parameters["SecurityGroupRules"]]
    for rule in call.response.ec2_backend.describe_security_group_rules(changed, {}):
        if rule.source_group and "Description" in rule.ip_range:
            rule.source_group["Description"] = rule.ip_range.pop("Description")
        elif rule.prefix_list_id and "Description" in rule.ip_range:
            rule.prefix_list_description = rule.ip_range.pop("Description")
