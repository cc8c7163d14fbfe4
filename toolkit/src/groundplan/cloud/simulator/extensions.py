"""What the simulated AWS answers by our own operations, and which resources stand on them.

The table that `--simulate` ends with is made of this: a resource type is simulated by moto,
by moto and our extensions, or skipped. Imports nothing, so that it can be read where moto is
not installed; a test holds it against what is really registered.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extension:
    """Operations of one service that are ours.

    `service` and `operations` are named as AWS names them, `resource_types` as Terraform does.
    """

    service: str
    operations: tuple[str, ...]
    resource_types: tuple[str, ...]
    reason: str
    """What moto does without them."""


EXTENSIONS: tuple[Extension, ...] = (
    Extension(
        "eks",
        (
            "CreateCluster",
            "DeleteCluster",
            "DescribeUpdate",
            "UpdateClusterConfig",
            "UpdateClusterVersion",
        ),
        ("aws_eks_cluster",),
        "leaves out VPC, security group, access and defaults, and answers a change wrongly",
    ),
    Extension(
        "eks",
        ("CreateNodegroup", "DeleteNodegroup", "UpdateNodegroupVersion"),
        ("aws_autoscaling_group_tag", "aws_eks_node_group"),
        "has no Auto Scaling group behind a node group, and sets examples for defaults",
    ),
    Extension(
        "eks",
        (
            "CreateAddon",
            "DeleteAddon",
            "DescribeAddon",
            "DescribeAddonVersions",
            "ListAddons",
            "UpdateAddon",
        ),
        ("aws_eks_addon",),
        "has no add-ons",
    ),
    Extension(
        "eks",
        (
            "AssociateAccessPolicy",
            "CreateAccessEntry",
            "DeleteAccessEntry",
            "DescribeAccessEntry",
            "DisassociateAccessPolicy",
            "ListAccessEntries",
            "ListAssociatedAccessPolicies",
            "UpdateAccessEntry",
        ),
        ("aws_eks_access_entry", "aws_eks_access_policy_association"),
        "has no access entries",
    ),
    Extension(
        "eks",
        (
            "CreatePodIdentityAssociation",
            "DeletePodIdentityAssociation",
            "DescribePodIdentityAssociation",
            "ListPodIdentityAssociations",
            "UpdatePodIdentityAssociation",
        ),
        ("aws_eks_pod_identity_association",),
        "has no pod identity",
    ),
    Extension(
        "eks",
        ("ListTagsForResource", "TagResource", "UntagResource"),
        (
            "aws_eks_access_entry",
            "aws_eks_addon",
            "aws_eks_node_group",
            "aws_eks_pod_identity_association",
        ),
        "tags clusters only",
    ),
    Extension(
        "ec2",
        (
            "AssociateClientVpnTargetNetwork",
            "AuthorizeClientVpnIngress",
            "CreateClientVpnEndpoint",
            "DeleteClientVpnEndpoint",
            "DescribeClientVpnAuthorizationRules",
            "DescribeClientVpnEndpoints",
            "DescribeClientVpnTargetNetworks",
            "DisassociateClientVpnTargetNetwork",
            "ModifyClientVpnEndpoint",
            "RevokeClientVpnIngress",
        ),
        (
            "aws_ec2_client_vpn_authorization_rule",
            "aws_ec2_client_vpn_endpoint",
            "aws_ec2_client_vpn_network_association",
        ),
        "has no client VPN",
    ),
    Extension(
        "ec2",
        ("CreateLaunchTemplate", "DescribeLaunchTemplates"),
        ("aws_launch_template",),
        "mixes a template's own tags with those of its instances",
    ),
    Extension(
        "ec2",
        ("CreateNetworkAclEntry", "ReplaceNetworkAclEntry"),
        ("aws_default_network_acl", "aws_network_acl", "aws_network_acl_rule"),
        "forgets which ICMP messages a row is about",
    ),
    Extension(
        "ec2",
        (
            "AuthorizeSecurityGroupEgress",
            "AuthorizeSecurityGroupIngress",
            "DescribeSecurityGroupRules",
            "ModifySecurityGroupRules",
        ),
        ("aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"),
        "forgets the descriptions of rules between groups",
    ),
    Extension(
        "rds",
        (
            "CreateDBInstance",
            "CreateDBInstanceReadReplica",
            "RestoreDBInstanceFromDBSnapshot",
            "RestoreDBInstanceToPointInTime",
        ),
        ("aws_db_instance",),
        "forgets performance insights, knows no authority, and doubles a source as its replica",
    ),
    Extension(
        "rds",
        ("ModifyDBParameterGroup",),
        ("aws_db_parameter_group",),
        "does not tell which parameters a user has set",
    ),
    Extension(
        "kms",
        ("EnableKeyRotation", "GetKeyRotationStatus"),
        ("aws_kms_key",),
        "forgets how often a key is renewed",
    ),
    Extension(
        "route53",
        (
            "ActivateKeySigningKey",
            "CreateKeySigningKey",
            "DeactivateKeySigningKey",
            "DeleteKeySigningKey",
            "DisableHostedZoneDNSSEC",
            "EnableHostedZoneDNSSEC",
            "GetDNSSEC",
        ),
        ("aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key"),
        "does not sign zones",
    ),
    Extension(
        "route53",
        ("CreateQueryLoggingConfig",),
        ("aws_route53_query_log",),
        "wants a log group's name in another form than AWS does",
    ),
    Extension(
        "guardduty",
        ("ListTagsForResource", "TagResource", "UntagResource", "UpdateDetector"),
        ("aws_guardduty_detector", "aws_guardduty_detector_feature"),
        "has no tags, and drops the features that a change does not name",
    ),
    Extension(
        "securityhub",
        (
            "BatchDisableStandards",
            "BatchEnableStandards",
            "GetEnabledStandards",
            "UpdateSecurityHubConfiguration",
        ),
        ("aws_securityhub_account", "aws_securityhub_standards_subscription"),
        "has no standards",
    ),
    Extension(
        "s3",
        ("GetBucketReplication",),
        ("aws_s3_bucket_replication_configuration",),
        "leaves out filter, delete markers and encryption of a rule",
    ),
    Extension(
        "s3",
        ("GetBucketNotificationConfiguration",),
        ("aws_s3_bucket_notification",),
        "does not say that EventBridge is told",
    ),
    Extension(
        "s3",
        ("GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"),
        ("aws_s3_bucket_lifecycle_configuration",),
        "forgets how many former versions stay",
    ),
    Extension(
        "backup",
        (
            "CreateBackupSelection",
            "DeleteBackupPlan",
            "DeleteBackupSelection",
            "GetBackupSelection",
            "ListBackupSelections",
            "UpdateBackupPlan",
        ),
        ("aws_backup_plan", "aws_backup_selection"),
        "has no selections, and neither changes nor forgets a plan",
    ),
    Extension(
        "backup",
        (
            "DeleteBackupVaultAccessPolicy",
            "DeleteBackupVaultNotifications",
            "GetBackupVaultAccessPolicy",
            "GetBackupVaultNotifications",
            "PutBackupVaultAccessPolicy",
            "PutBackupVaultNotifications",
        ),
        ("aws_backup_vault_notifications", "aws_backup_vault_policy"),
        "has no policies and notifications of vaults",
    ),
    Extension(
        "backup",
        (
            "CreateRestoreTestingPlan",
            "CreateRestoreTestingSelection",
            "DeleteRestoreTestingPlan",
            "DeleteRestoreTestingSelection",
            "GetRestoreTestingPlan",
            "GetRestoreTestingSelection",
            "ListRestoreTestingPlans",
            "ListRestoreTestingSelections",
            "UpdateRestoreTestingPlan",
            "UpdateRestoreTestingSelection",
        ),
        ("aws_backup_restore_testing_plan", "aws_backup_restore_testing_selection"),
        "has no restore testing",
    ),
    Extension(
        "backup",
        ("DescribeRegionSettings", "UpdateRegionSettings"),
        ("aws_backup_region_settings",),
        "has no settings of a region",
    ),
    Extension(
        "backup",
        ("ListTags", "TagResource", "UntagResource"),
        ("aws_backup_plan", "aws_backup_restore_testing_plan", "aws_backup_vault"),
        "does not find what it is asked to tag",
    ),
    Extension(
        "cloudwatch",
        ("DescribeAlarms", "PutCompositeAlarm"),
        ("aws_cloudwatch_composite_alarm",),
        "cannot be given a composite alarm",
    ),
    Extension(
        "logs",
        ("DeleteQueryDefinition", "DescribeQueryDefinitions", "PutQueryDefinition"),
        ("aws_cloudwatch_query_definition",),
        "has no saved queries",
    ),
    Extension(
        "budgets",
        (
            "CreateBudget",
            "DeleteBudget",
            "DescribeSubscribersForNotification",
            "ListTagsForResource",
            "TagResource",
            "UntagResource",
            "UpdateBudget",
        ),
        ("aws_budgets_budget",),
        "has neither tags nor changes, and does not tell who is notified",
    ),
    Extension(
        "ce",
        (
            "CreateAnomalyMonitor",
            "CreateAnomalySubscription",
            "DeleteAnomalyMonitor",
            "DeleteAnomalySubscription",
            "GetAnomalyMonitors",
            "GetAnomalySubscriptions",
            "UpdateAnomalyMonitor",
            "UpdateAnomalySubscription",
        ),
        ("aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription"),
        "has no anomaly detection",
    ),
    Extension(
        "ce",
        ("ListCostAllocationTags", "UpdateCostAllocationTagsStatus"),
        ("aws_ce_cost_allocation_tag",),
        "has no cost allocation tags",
    ),
    Extension(
        "sts",
        ("GetCallerIdentity",),
        ("aws_eks_access_entry",),
        "names a caller that it does not know as no user of AWS is named",
    ),
)

SKIPPED: dict[str, str] = {}
"""Resource types that cannot be simulated, each with its reason."""


def extended() -> frozenset[str]:
    """Return the resource types that stand on operations of ours."""
    return frozenset(kind for one in EXTENSIONS for kind in one.resource_types)
