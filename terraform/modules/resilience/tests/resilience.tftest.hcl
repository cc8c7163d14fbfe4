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
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/experiments" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:experiments" }
  }
}

variables {
  name              = "groundplan-test"
  tags              = { owner = "platform-team" }
  zones             = ["us-east-1a", "us-east-1b", "us-east-1c"]
  cluster_name      = "groundplan-test"
  subnet_ids        = { us-east-1a = ["subnet-0a", "subnet-0b"] }
  database_arn      = "arn:aws:rds:us-east-1:123456789012:db:groundplan-test"
  database_failover = true
  stop_alarm_arns   = ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors"]
  log_kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/one"
}

run "each_zone_and_the_database_can_go_away" {
  assert {
    condition     = join(" ", keys(output.template_ids)) == "database-failover zone-loss-us-east-1a zone-loss-us-east-1b zone-loss-us-east-1c"
    error_message = "three zones and the database"
  }

  assert {
    condition = alltrue([
      for template in concat(values(aws_fis_experiment_template.zone_loss), aws_fis_experiment_template.database_failover) :
      alltrue([for condition in template.stop_condition : condition.source == "aws:cloudwatch:alarm" && condition.value == var.stop_alarm_arns[0]])
    ])
    error_message = "each experiment ends by an alarm"
  }

  assert {
    condition = alltrue([
      for zone, template in aws_fis_experiment_template.zone_loss : alltrue([
        for target in template.target :
        contains(flatten([for filter in target.filter : tolist(filter.values)]), zone) if target.name == "nodes"
      ])
    ])
    error_message = "only nodes of that zone are hit"
  }

  assert {
    condition = (
      length(aws_fis_experiment_template.zone_loss["us-east-1a"].action) == 2
      && length(aws_fis_experiment_template.zone_loss["us-east-1b"].action) == 1
    )
    error_message = "only a zone with subnets is cut off too"
  }

  assert {
    condition     = one([for action in aws_fis_experiment_template.database_failover[0].action : one(action.parameter).value]) == "true"
    error_message = "the database's reboot is a failover"
  }
}

run "the_role_reaches_only_what_the_experiments_need" {
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement :
      contains(["FindTargets", "DeliverItsLogs"], statement.Sid) if statement.Resource == "*"
    ])
    error_message = "the whole account only where AWS has nothing narrower"
  }

  assert {
    condition = one([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement :
      statement.Condition.StringEquals["aws:ResourceTag/eks:cluster-name"] if statement.Sid == "StopAndStartNodesOfThisCluster"
    ]) == "groundplan-test"
    error_message = "only nodes of this cluster"
  }

  assert {
    condition = one([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if statement.Sid == "RebootThisDatabase"
    ]) == "arn:aws:rds:us-east-1:123456789012:db:groundplan-test"
    error_message = "only this database"
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "only experiments of this account take the role"
  }
}

run "without_a_database_or_subnets_there_is_less" {
  variables {
    database_failover = false
    subnet_ids        = {}
  }

  assert {
    condition     = length(output.template_ids) == 3 && !strcontains(aws_iam_role_policy.this.policy, "rds:RebootDBInstance")
    error_message = "no failover, and no right to it"
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.this.policy, "ec2:CreateNetworkAcl")
    error_message = "no right to network ACLs"
  }
}

run "encrypted_volumes_can_be_started_again" {
  variables {
    volume_kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/two"]
  }

  assert {
    condition     = strcontains(aws_iam_role_policy.this.policy, "kms:CreateGrant")
    error_message = "a grant for EC2"
  }
}

run "everything_is_tagged_and_logged" {
  assert {
    condition = alltrue([
      for tags in concat(
        values(aws_fis_experiment_template.zone_loss)[*].tags, aws_fis_experiment_template.database_failover[*].tags,
        [aws_iam_role.this.tags, aws_cloudwatch_log_group.this.tags],
      ) : tags["owner"] == "platform-team" && length(tags["Name"]) > 0
    ])
    error_message = "the caller's tags and a name everywhere"
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "a year, with our key"
  }
}

run "refuses_an_experiment_that_nothing_stops" {
  command = plan
  variables {
    stop_alarm_arns = []
  }
  expect_failures = [var.stop_alarm_arns]
}

run "refuses_a_zone_that_is_none" {
  command = plan
  variables {
    zones = ["us-east-1"]
  }
  expect_failures = [var.zones]
}

run "refuses_a_duration_that_is_none" {
  command = plan
  variables {
    duration = "10m"
  }
  expect_failures = [var.duration]
}

run "refuses_logs_kept_for_less_than_a_year" {
  command = plan
  variables {
    log_retention_days = 30
  }
  expect_failures = [var.log_retention_days]
}

run "refuses_a_failover_of_no_database" {
  command = plan
  variables {
    database_arn = null
  }
  expect_failures = [aws_fis_experiment_template.database_failover]
}
