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
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:groundplan-test-alarms" }
  }
}

variables {
  name                     = "groundplan-test"
  tags                     = { owner = "platform-team" }
  log_groups               = ["/groundplan-test/audit", "/groundplan-test/backend"]
  kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/one"
  emails                   = ["platform-team@groundplan.example"]
  database_identifiers     = ["groundplan-test", "groundplan-test-replica-1"]
  database_max_connections = 140
  database_storage_gib     = 100
  nat_gateway_ids          = { us-east-1a = "nat-0123456789abcdef0", us-east-1b = "nat-0123456789abcdef1" }
  cluster_name             = "groundplan-test"
  web_acl_name             = "groundplan-test"
}

run "logs_are_kept_a_year_and_encrypted" {
  assert {
    condition = alltrue([
      for group in aws_cloudwatch_log_group.this : group.retention_in_days == 365 && group.kms_key_id == var.kms_key_arn
    ])
    error_message = "a year, with our key"
  }

  assert {
    condition     = join(" ", output.log_group_names) == "/groundplan-test/audit /groundplan-test/backend"
    error_message = "names are as they were asked for"
  }
}

run "only_services_publish_to_the_encrypted_topic" {
  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.kms_key_arn
    error_message = "the topic is encrypted"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_sns_topic_policy.this.policy).Statement :
      strcontains(jsonencode(statement.Condition), "123456789012") if !contains(["Events", "RefusePlainHttp"], statement.Sid)
    ])
    error_message = "each who may publish is bound to the account; EventBridge cannot be"
  }

  assert {
    condition = "budgets cloudwatch costalerts events" == join(" ", sort([
      for statement in jsondecode(aws_sns_topic_policy.this.policy).Statement :
      trimsuffix(statement.Principal.Service, ".amazonaws.com") if statement.Effect == "Allow"
    ]))
    error_message = "nobody else"
  }
}

run "everything_that_was_named_has_its_alarms" {
  assert {
    condition = [10, 4, 2, 1] == [
      length(aws_cloudwatch_metric_alarm.database), length(aws_cloudwatch_metric_alarm.nat),
      length(aws_cloudwatch_metric_alarm.cluster), length(aws_cloudwatch_metric_alarm.web_acl),
    ]
    error_message = "five for each database, two for each gateway, two for the cluster, one for the web ACL"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.database["groundplan-test-connections"].threshold == 112
      && aws_cloudwatch_metric_alarm.database["groundplan-test-storage"].threshold == 10737418240
      && aws_cloudwatch_metric_alarm.database["groundplan-test-storage"].comparison_operator == "LessThanThreshold"
    )
    error_message = "four fifths of the connections, a tenth of the storage"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.nat["nat-us-east-1b-ports"].dimensions["NatGatewayId"] == "nat-0123456789abcdef1"
    error_message = "each zone's alarm watches that zone's gateway"
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.database), values(aws_cloudwatch_metric_alarm.nat)) :
      alarm.alarm_actions == toset([aws_sns_topic.this.arn]) && alarm.ok_actions == toset([aws_sns_topic.this.arn])
    ])
    error_message = "each alarm tells when it begins and when it ends"
  }

  assert {
    condition     = length(output.alarm_names) == 24 && length(output.alarm_arns) == 24
    error_message = "all alarms are handed on"
  }
}

run "what_is_not_named_has_none" {
  variables {
    database_identifiers = []
    nat_gateway_ids      = {}
    cluster_name         = null
    web_acl_name         = null
    emails               = []
    log_groups           = []
  }

  assert {
    condition     = length(output.alarm_names) == 6 && length(aws_cloudwatch_log_group.this) == 0 && length(aws_sns_topic_subscription.email) == 0
    error_message = "only the alarms of the events, no log group, nobody told"
  }

  assert {
    condition     = keys(aws_cloudwatch_event_rule.this) == ["backups", "certificates", "findings", "health", "keys", "root"]
    error_message = "the account's events stay"
  }
}

run "events_reach_the_topic" {
  assert {
    condition     = length(aws_cloudwatch_event_rule.this) == 7 && alltrue([for target in aws_cloudwatch_event_target.this : target.arn == aws_sns_topic.this.arn])
    error_message = "each of seven rules has the topic as target"
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["findings"].event_pattern).detail.severity[0].numeric == [">=", 4]
    error_message = "findings from medium on"
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["database"].event_pattern).detail.SourceIdentifier[1] == "groundplan-test-replica-1"
    error_message = "only our databases' events"
  }
}

run "everything_is_tagged" {
  assert {
    condition = alltrue([
      for tags in concat(
        values(aws_cloudwatch_metric_alarm.database)[*].tags, values(aws_cloudwatch_metric_alarm.nat)[*].tags,
        values(aws_cloudwatch_metric_alarm.cluster)[*].tags, aws_cloudwatch_metric_alarm.web_acl[*].tags,
        values(aws_cloudwatch_metric_alarm.events)[*].tags, values(aws_cloudwatch_event_rule.this)[*].tags,
        values(aws_cloudwatch_log_group.this)[*].tags,
        [aws_sns_topic.this.tags],
      ) : tags["owner"] == "platform-team" && length(tags["Name"]) > 0
    ])
    error_message = "the caller's tags and a name everywhere"
  }
}

run "refuses_logs_kept_for_less_than_a_year" {
  command = plan
  variables {
    retention_days = 30
  }
  expect_failures = [var.retention_days]
}

run "refuses_an_address_that_is_none" {
  command = plan
  variables {
    emails = ["platform-team"]
  }
  expect_failures = [var.emails]
}

run "refuses_storage_that_no_database_has" {
  command = plan
  variables {
    database_storage_gib = 1
  }
  expect_failures = [var.database_storage_gib]
}

run "refuses_a_severity_that_is_none" {
  command = plan
  variables {
    findings_from_severity = 11
  }
  expect_failures = [var.findings_from_severity]
}

run "refuses_a_log_group_name_that_aws_refuses" {
  command = plan
  variables {
    log_groups = ["with space"]
  }
  expect_failures = [var.log_groups]
}
