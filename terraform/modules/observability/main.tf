data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_groups

  name              = each.key
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn

  tags = merge(var.tags, { Name = each.key })
}

locals {
  alarms = concat(
    values(aws_cloudwatch_metric_alarm.database), values(aws_cloudwatch_metric_alarm.nat),
    values(aws_cloudwatch_metric_alarm.cluster), values(aws_cloudwatch_metric_alarm.events),
    aws_cloudwatch_metric_alarm.web_acl[*],
  )
}
