"""A launch template's own tags are apart from those it gives to instances."""


def test_tags_are_apart_and_of_now(ask):
    """The first version holds only the tags of instances; new tags of the template are read."""
    own = [{"ResourceType": "launch-template", "Tags": [{"Key": "a", "Value": "1"}]}]
    given = [{"ResourceType": "instance", "Tags": [{"Key": "b", "Value": "2"}]}]
    made = ask(
        "ec2",
        "create_launch_template",
        LaunchTemplateName="one",
        LaunchTemplateData={"TagSpecifications": given},
        TagSpecifications=own,
    )["LaunchTemplate"]
    number = made["LaunchTemplateId"]
    version = ask("ec2", "describe_launch_template_versions", LaunchTemplateId=number)
    data = version["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    assert given == data["TagSpecifications"]
    ask("ec2", "create_tags", Resources=[number], Tags=[{"Key": "a", "Value": "3"}])
    found = ask("ec2", "describe_launch_templates", LaunchTemplateIds=[number])["LaunchTemplates"]
    assert [{"Key": "a", "Value": "3"}] == found[0]["Tags"]
