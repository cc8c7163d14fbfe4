"""EC2 launch templates: their own tags stay their own, and are read as they are now.

moto adds a template's own tags to what the template gives to instances, and answers with the
tags that a template was made with even after they changed.
"""

from typing import Any

from moto.ec2.responses import EC2Response

from groundplan.cloud.simulator.registry import Call, completed

OWN = "launch-template"


@completed(EC2Response, "CreateLaunchTemplate")
def create_launch_template(call: Call, answer: Any) -> None:
    """Take the template's own tags out of its first version."""
    number = answer["LaunchTemplate"]["LaunchTemplateId"]
    data = call.response.ec2_backend.get_launch_template(number).versions[0].data
    if "TagSpecifications" in data:
        data["TagSpecifications"] = [
            one for one in data["TagSpecifications"] if one["ResourceType"] != OWN
        ]


@completed(EC2Response, "DescribeLaunchTemplates")
def describe_launch_templates(call: Call, answer: Any) -> None:
    """Answer with the tags of now."""
    for row in answer["LaunchTemplates"]:
        template = call.response.ec2_backend.get_launch_template(row["LaunchTemplateId"])
        row["Tags"] = template.get_tags()
