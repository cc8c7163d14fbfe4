# The bucket that CloudTrail and Config write to, by the module bucket.

locals {
  trail_bucket_statements = var.guards.cloudtrail ? [
    {
      Sid       = "LetTrailLook"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["s3:GetBucketAcl"]
      Resource  = [local.guard_bucket_arn]
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    },
    {
      Sid       = "LetTrailWrite"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["s3:PutObject"]
      Resource  = ["${local.guard_bucket_arn}/cloudtrail/AWSLogs/${local.account}/*"]
      Condition = {
        StringEquals = { "aws:SourceArn" = local.trail_arn, "s3:x-amz-acl" = "bucket-owner-full-control" }
      }
    },
  ] : []

  config_bucket_statements = var.guards.config ? [
    {
      Sid       = "LetConfigLook"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
      Resource  = [local.guard_bucket_arn]
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    },
    {
      Sid       = "LetConfigWrite"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["s3:PutObject"]
      Resource  = ["${local.guard_bucket_arn}/config/AWSLogs/${local.account}/Config/*"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account, "s3:x-amz-acl" = "bucket-owner-full-control" }
      }
    },
  ] : []

  guard_buckets = {
    for key, name in { guards = local.guard_bucket } : key => {
      name                    = name
      encryption              = { kms_key_arn = local.logs_key_arn }
      expire_days             = var.log_retention_days
      force_destroy           = var.guard_bucket_force_destroy
    } if local.needs_bucket
  }

  guard_statements = {
    for key in keys(local.guard_buckets) :
    key => [for statement in concat(local.trail_bucket_statements, local.config_bucket_statements) : jsonencode(statement)]
  }

  guard_access_logs = {
    for key, logs in { guards = var.access_logs } : key => {
      bucket                  = logs.bucket
      prefix                  = coalesce(logs.prefix, "${local.guard_bucket}/")
    } if local.needs_bucket && logs != null
  }

  guard_replication = {
    for key, copy in { guards = var.guard_replication } : key => {
      bucket_arn              = copy.bucket_arn
      kms_key_arn             = copy.kms_key_arn
      role_name               = "${var.name}-guard-replication"
    } if local.needs_bucket && copy != null
  }
}

module "guard_bucket" {
  source = "../bucket"

  buckets     = local.guard_buckets
  statements  = local.guard_statements
  access_logs = local.guard_access_logs
  replication = local.guard_replication

  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = var.tags
}
