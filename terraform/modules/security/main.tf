data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  # Null only where no guard needs it, which the variable guards sees to.
  logs_key_arn = try(aws_kms_key.this["logs"].arn, null)

  # Names, not references: the key's policy and the trail need each other.
  trail_name       = "${var.name}-trail"
  trail_arn        = "arn:${local.partition}:cloudtrail:${local.region}:${local.account}:trail/${local.trail_name}"
  needs_bucket     = var.guards.cloudtrail || var.guards.config
  guard_bucket     = coalesce(var.guard_bucket_name, "${var.name}-guards-${local.account}")
  guard_bucket_arn = "arn:${local.partition}:s3:::${local.guard_bucket}"

  watches_organization = var.guards.guardduty && var.guardduty_organization
}
