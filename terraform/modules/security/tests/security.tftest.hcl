mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:made" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:made" }
  }
}

variables {
  name     = "groundplan-test"
  tags     = { owner = "platform-team" }
  vpc_id   = "vpc-0123456789abcdef0"
  vpc_cidr = "10.0.0.0/16"

  groups = {
    load-balancer = "Load balancer"
    nodes         = "Nodes"
    database      = "PostgreSQL"
  }

  rules = {
    internet-to-load-balancer = {
      from = "0.0.0.0/0", to = "load-balancer", port = 443, protocol = "tcp", description = "Browsers"
    }
    load-balancer-to-nodes = {
      from = "load-balancer", to = "nodes", port = 8080, protocol = "tcp", description = "Frontend"
    }
    nodes-to-database = {
      from = "nodes", to = "database", port = 5432, protocol = "tcp", description = "PostgreSQL"
    }
    nodes-to-internet = {
      from = "nodes", to = "0.0.0.0/0", port = 443, protocol = "tcp", description = "Registries"
    }
  }

  cluster_name = "groundplan-test"
  services = {
    backend = {
      namespace       = "platform"
      service_account = "backend"
      secret_arns     = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:backend-AbCdEf"]
      bucket_arns     = ["arn:aws:s3:::artifacts"]
      kms_key_arns    = ["arn:aws:kms:us-east-1:123456789012:key/one"]
    }
    frontend = {
      namespace = "platform", service_account = "frontend", secret_arns = [], bucket_arns = [], kms_key_arns = []
    }
  }
}

run "keys_rotate_and_only_the_account_root_has_every_right" {
  assert {
    condition     = length(aws_kms_key.this) == 6 && alltrue([for key in aws_kms_key.this : key.enable_key_rotation])
    error_message = "five keys, each rotated"
  }

  assert {
    condition = alltrue(flatten([
      for key in aws_kms_key.this : [
        for statement in jsondecode(key.policy).Statement :
        try(statement.Principal.AWS, "") == "arn:aws:iam::123456789012:root" if statement.Action == "kms:*"
      ]
    ]))
    error_message = "kms:* is for the account root only"
  }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.this["logs"].policy).Statement :
      statement.Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"] if statement.Sid == "EncryptLogGroupsOfThisAccount"
    ] == ["arn:aws:logs:us-east-1:123456789012:log-group:*"]
    error_message = "the key for logs serves this account's log groups only"
  }

  assert {
    condition = alltrue([
      for purpose, key in aws_kms_key.this :
      length(jsondecode(key.policy).Statement) == 1 if purpose != "logs"
    ])
    error_message = "the other keys have the root statement alone"
  }

  assert {
    condition     = aws_kms_alias.this["database"].name == "alias/groundplan-test-database"
    error_message = "each key has its alias"
  }
}

run "a_rule_to_a_list_of_aws_has_one_end" {
  variables {
    rules = {
      nodes-s3 = { from = "nodes", to = "com.amazonaws.us-east-1.s3", port = 443, protocol = "tcp", description = "Buckets" }
    }
  }

  override_data {
    target = data.aws_ec2_managed_prefix_list.this["com.amazonaws.us-east-1.s3"]
    values = { id = "pl-63a5400a" }
  }

  assert {
    condition = (
      aws_vpc_security_group_egress_rule.this["nodes-s3"].prefix_list_id == "pl-63a5400a"
      && aws_vpc_security_group_egress_rule.this["nodes-s3"].cidr_ipv4 == null
      && aws_vpc_security_group_egress_rule.this["nodes-s3"].referenced_security_group_id == null
    )
    error_message = "the rule names the list and nothing else"
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.this) == 0
    error_message = "a list has no rules of its own"
  }
}

run "a_rule_between_groups_opens_both_ends_and_one_with_a_range_only_ours" {
  assert {
    condition = keys(aws_vpc_security_group_ingress_rule.this) == [
      "internet-to-load-balancer", "load-balancer-to-nodes", "nodes-to-database",
    ]
    error_message = "three arrows come in"
  }

  assert {
    condition = keys(aws_vpc_security_group_egress_rule.this) == [
      "load-balancer-to-nodes", "nodes-to-database", "nodes-to-internet",
    ]
    error_message = "three arrows go out"
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.this["nodes-to-database"].referenced_security_group_id == aws_security_group.this["nodes"].id
      && aws_vpc_security_group_ingress_rule.this["nodes-to-database"].security_group_id == aws_security_group.this["database"].id
      && aws_vpc_security_group_ingress_rule.this["nodes-to-database"].cidr_ipv4 == null
      && aws_vpc_security_group_ingress_rule.this["nodes-to-database"].from_port == 5432
      && aws_vpc_security_group_ingress_rule.this["nodes-to-database"].to_port == 5432
    )
    error_message = "the database admits the nodes' group on 5432 and no range"
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.this["nodes-to-internet"].cidr_ipv4 == "0.0.0.0/0"
    error_message = "a range stays a range"
  }

  assert {
    condition     = alltrue([for group in aws_security_group.this : group.revoke_rules_on_delete])
    error_message = "groups that refer to each other can be deleted"
  }
}

run "a_service_gets_what_its_lists_say" {
  assert {
    condition     = keys(aws_iam_role.service) == ["backend", "frontend"] && keys(aws_iam_role_policy.service) == ["backend"]
    error_message = "a role for each service, a policy only for one that calls something"
  }

  assert {
    condition = jsondecode(aws_iam_role.service["backend"].assume_role_policy).Statement[0] == {
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:SourceAccount"                         = "123456789012"
          "aws:RequestTag/eks-cluster-name"           = "groundplan-test"
          "aws:RequestTag/kubernetes-namespace"       = "platform"
          "aws:RequestTag/kubernetes-service-account" = "backend"
        }
      }
    }
    error_message = "only its service account in its namespace of this cluster takes the role"
  }

  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.service["backend"].policy).Statement : [
        for action in flatten([statement.Action]) : !strcontains(action, "*")
      ]
    ]))
    error_message = "no action has a wildcard"
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(aws_iam_role_policy.service["backend"].policy).Statement : statement.Resource
      ])) == toset([
      "arn:aws:kms:us-east-1:123456789012:key/one",
      "arn:aws:s3:::artifacts",
      "arn:aws:s3:::artifacts/*",
      "arn:aws:s3:::artifacts/audit/*",
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:backend-AbCdEf",
    ])
    error_message = "the lists are the whole right"
  }
}

run "every_guard_is_on_unless_turned_off" {
  assert {
    condition = (
      aws_cloudtrail.this[0].is_multi_region_trail && aws_cloudtrail.this[0].enable_log_file_validation
      && aws_cloudtrail.this[0].kms_key_id == aws_kms_key.this["logs"].arn
    )
    error_message = "the trail covers every region, is validated and encrypted"
  }

  assert {
    condition     = length(aws_guardduty_detector_feature.this) == 4 && length(aws_config_config_rule.this) == 13
    error_message = "features and rules of the default"
  }

  assert {
    condition     = aws_config_configuration_recorder_status.this[0].is_enabled && length(aws_securityhub_account.this) == 1
    error_message = "the recorder runs and Security Hub is on"
  }

  assert {
    condition = (
      aws_iam_account_password_policy.this[0].minimum_password_length == 14
      && aws_iam_account_password_policy.this[0].password_reuse_prevention == 24
    )
    error_message = "the figures of CIS"
  }

  assert {
    condition = local.guard_buckets == {
      guards = {
        name          = "groundplan-test-guards-123456789012"
        encryption    = { kms_key_arn = aws_kms_key.this["logs"].arn }
        expire_days   = 365
        force_destroy = false
      }
    }
    error_message = "the bucket has its name and key, and outlives a destroy"
  }

  assert {
    condition = [for statement in local.guard_statements["guards"] : jsondecode(statement).Sid] == [
      "LetTrailLook", "LetTrailWrite", "LetConfigLook", "LetConfigWrite",
    ]
    error_message = "CloudTrail and Config write to it, and nobody else"
  }

  assert {
    condition     = aws_cloudtrail.this[0].s3_bucket_name == output.guard_bucket && aws_config_delivery_channel.this[0].s3_bucket_name == output.guard_bucket
    error_message = "both write to the one bucket"
  }
}

run "a_named_principal_uses_a_key_and_lends_it_to_services_only" {
  variables {
    key_principal_arns = { cluster = ["arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"] }
  }

  assert {
    condition = join(" ", jsondecode(aws_kms_key.this["cluster"].policy).Statement[*].Sid) == join(" ", [
      "LetIamPoliciesOfThisAccountDecide", "UseByNamedPrincipals", "LendToAwsServices",
    ])
    error_message = "beside the root statement, the named principal's two"
  }

  assert {
    condition     = jsondecode(aws_kms_key.this["cluster"].policy).Statement[2].Condition.Bool["kms:GrantIsForAWSResource"] == "true"
    error_message = "a grant goes to an AWS service only"
  }

  assert {
    condition     = length(jsondecode(aws_kms_key.this["database"].policy).Statement) == 1
    error_message = "the other keys stay as they are"
  }
}

run "refuses_a_principal_that_is_everybody" {
  command = plan
  variables {
    key_principal_arns = { cluster = ["*"] }
  }
  expect_failures = [var.key_principal_arns]
}

run "guards_can_be_turned_off" {
  variables {
    guards = {
      cloudtrail = false, guardduty = false, config = false, security_hub = false, password_policy = false
    }
  }

  assert {
    condition = 0 == sum([
      length(aws_cloudtrail.this), length(aws_sns_topic.trail), length(aws_guardduty_detector.this),
      length(aws_guardduty_detector_feature.this), length(aws_config_configuration_recorder.this),
      length(aws_config_config_rule.this), length(aws_securityhub_account.this),
      length(aws_iam_account_password_policy.this), length(local.guard_buckets),
    ])
    error_message = "no guard, and no bucket for one"
  }

  assert {
    condition     = !strcontains(aws_kms_key.this["logs"].policy, "cloudtrail.amazonaws.com")
    error_message = "the key does not serve a trail that is off"
  }
}

run "config_alone_needs_the_bucket_and_no_trail" {
  variables {
    guards = {
      cloudtrail = false, guardduty = false, config = true, security_hub = false, password_policy = false
    }
  }

  assert {
    condition     = length(local.guard_buckets) == 1 && !strcontains(join(" ", local.guard_statements["guards"]), "cloudtrail")
    error_message = "the bucket admits Config only"
  }
}

run "evidence_is_copied_when_asked" {
  variables {
    access_logs            = { bucket = "groundplan-test-logs" }
    guardduty_organization = true
    guard_replication = {
      bucket_arn  = "arn:aws:s3:::evidence-copy"
      kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/two"
    }
  }

  assert {
    condition = [1, 1, 1] == [
      length(local.guard_replication), length(local.guard_access_logs),
      length(aws_guardduty_organization_configuration.this),
    ]
    error_message = "a copy, access logs and the organization's accounts"
  }
}

run "everything_is_tagged" {
  assert {
    condition = alltrue([
      for tags in concat(
        values(aws_kms_key.this)[*].tags, values(aws_security_group.this)[*].tags,
        values(aws_vpc_security_group_ingress_rule.this)[*].tags, values(aws_vpc_security_group_egress_rule.this)[*].tags,
        values(aws_iam_role.service)[*].tags, aws_iam_role.trail[*].tags, aws_iam_role.config[*].tags,
        aws_cloudtrail.this[*].tags, aws_cloudwatch_log_group.trail[*].tags, aws_sns_topic.trail[*].tags,
        aws_guardduty_detector.this[*].tags, values(aws_config_config_rule.this)[*].tags,
      ) : tags["owner"] == "platform-team" && length(tags["Name"]) > 0
    ])
    error_message = "the caller's tags and a name everywhere"
  }
}

run "refuses_a_name_with_capitals" {
  command = plan
  variables {
    name = "Groundplan"
  }
  expect_failures = [var.name]
}

run "refuses_a_range_that_is_none" {
  command = plan
  variables {
    vpc_cidr = "10.0.0.0"
  }
  expect_failures = [var.vpc_cidr]
}

run "refuses_a_protocol_that_is_none" {
  command = plan
  variables {
    rules = { a = { from = "nodes", to = "database", port = 1, protocol = "icmp", description = "x" } }
  }
  expect_failures = [var.rules]
}

run "refuses_a_port_that_is_none" {
  command = plan
  variables {
    rules = { a = { from = "nodes", to = "database", port = 70000, protocol = "tcp", description = "x" } }
  }
  expect_failures = [var.rules]
}

run "refuses_a_description_that_ec2_refuses" {
  command = plan
  variables {
    rules = { a = { from = "nodes", to = "database", port = 1, protocol = "tcp", description = "nodes -> database" } }
  }
  expect_failures = [var.rules]
}

run "refuses_a_group_that_says_nothing" {
  command = plan
  variables {
    groups = { nodes = "" }
    rules  = {}
  }
  expect_failures = [var.groups]
}

run "refuses_a_rule_without_a_group" {
  command = plan
  variables {
    rules = { a = { from = "10.0.0.0/8", to = "0.0.0.0/0", port = 1, protocol = "tcp", description = "x" } }
  }
  expect_failures = [var.rules]
}

run "refuses_a_group_that_is_none" {
  command = plan
  variables {
    rules = { a = { from = "10.0.0.0/8", to = "nowhere", port = 1, protocol = "tcp", description = "x" } }
  }
  expect_failures = [aws_vpc_security_group_ingress_rule.this["a"]]
}

run "refuses_the_internet_on_a_private_port" {
  command = plan
  variables {
    rules = { a = { from = "0.0.0.0/0", to = "database", port = 5432, protocol = "tcp", description = "x" } }
  }
  expect_failures = [aws_vpc_security_group_ingress_rule.this["a"]]
}

run "refuses_a_wildcard_in_a_services_list" {
  command = plan
  variables {
    services = {
      backend = {
        namespace    = "platform", service_account = "backend", secret_arns = [], bucket_arns = ["arn:aws:s3:::*"],
        kms_key_arns = []
      }
    }
  }
  expect_failures = [var.services]
}

run "refuses_logs_kept_for_less_than_a_year" {
  command = plan
  variables {
    log_retention_days = 30
  }
  expect_failures = [var.log_retention_days]
}

run "refuses_a_feature_that_is_none" {
  command = plan
  variables {
    guardduty_features = ["EVERYTHING"]
  }
  expect_failures = [var.guardduty_features]
}

run "refuses_guards_without_the_key_for_logs" {
  command = plan
  variables {
    kms_purposes = ["cluster"]
    guards = {
      cloudtrail = false, guardduty = false, config = true, security_hub = false, password_policy = false
    }
  }
  expect_failures = [var.guards]
}
