data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  ec2_arn     = "arn:${local.partition}:ec2:${local.region}:${local.account}"
  subnet_arns = { for zone, ids in var.subnet_ids : zone => [for id in ids : "${local.ec2_arn}:subnet/${id}"] }
}

resource "aws_fis_experiment_template" "zone_loss" {
  for_each = toset(var.zones)

  description = "${var.name}: ${each.key} goes away for ${var.duration}"
  role_arn    = aws_iam_role.this.arn

  dynamic "stop_condition" {
    for_each = var.stop_alarm_arns

    content {
      source = "aws:cloudwatch:alarm"
      value  = stop_condition.value
    }
  }

  # An experiment that hits nothing proves nothing.
  experiment_options {
    account_targeting            = "single-account"
    empty_target_resolution_mode = "fail"
  }

  action {
    name        = "stop-nodes"
    description = "The zone's nodes lose their power"
    action_id   = "aws:ec2:stop-instances"

    parameter {
      key   = "startInstancesAfterDuration"
      value = var.duration
    }

    # The autoscaling group ends stopped nodes before the experiment can start them again.
    parameter {
      key   = "completeIfInstancesTerminated"
      value = "true"
    }

    target {
      key   = "Instances"
      value = "nodes"
    }
  }

  target {
    name           = "nodes"
    resource_type  = "aws:ec2:instance"
    selection_mode = "ALL"

    resource_tag {
      key   = "eks:cluster-name"
      value = var.cluster_name
    }

    filter {
      path   = "Placement.AvailabilityZone"
      values = [each.key]
    }

    filter {
      path   = "State.Name"
      values = ["running"]
    }
  }

  dynamic "action" {
    for_each = contains(keys(var.subnet_ids), each.key) ? [each.key] : []

    content {
      name        = "cut-subnets"
      description = "The zone's subnets lose their connections"
      action_id   = "aws:network:disrupt-connectivity"

      parameter {
        key   = "duration"
        value = var.duration
      }

      parameter {
        key   = "scope"
        value = "all"
      }

      target {
        key   = "Subnets"
        value = "subnets"
      }
    }
  }

  dynamic "target" {
    for_each = contains(keys(var.subnet_ids), each.key) ? [each.key] : []

    content {
      name           = "subnets"
      resource_type  = "aws:ec2:subnet"
      resource_arns  = local.subnet_arns[target.value]
      selection_mode = "ALL"
    }
  }

  log_configuration {
    log_schema_version = 2

    cloudwatch_logs_configuration {
      log_group_arn = "${aws_cloudwatch_log_group.this.arn}:*"
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-zone-loss-${each.key}" })

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_fis_experiment_template" "database_failover" {
  count = var.database_failover ? 1 : 0

  description = "${var.name}: the database fails over to its standby"
  role_arn    = aws_iam_role.this.arn

  dynamic "stop_condition" {
    for_each = var.stop_alarm_arns

    content {
      source = "aws:cloudwatch:alarm"
      value  = stop_condition.value
    }
  }

  experiment_options {
    account_targeting            = "single-account"
    empty_target_resolution_mode = "fail"
  }

  action {
    name        = "fail-over"
    description = "Reboots the instance with failover"
    action_id   = "aws:rds:reboot-db-instances"

    parameter {
      key   = "forceFailover"
      value = "true"
    }

    target {
      key   = "DBInstances"
      value = "database"
    }
  }

  target {
    name           = "database"
    resource_type  = "aws:rds:db"
    resource_arns  = [var.database_arn]
    selection_mode = "ALL"
  }

  log_configuration {
    log_schema_version = 2

    cloudwatch_logs_configuration {
      log_group_arn = "${aws_cloudwatch_log_group.this.arn}:*"
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-database-failover" })

  lifecycle {
    precondition {
      condition     = var.database_arn != null
      error_message = "database_failover needs database_arn"
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/experiments"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = merge(var.tags, { Name = "/${var.name}/experiments" })
}
