locals {
  tls_statement = {
    Sid       = "RefusePlainHttp"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [local.guard_bucket_arn, "${local.guard_bucket_arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }

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
}

resource "aws_s3_bucket" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket        = local.guard_bucket
  force_destroy = var.guard_bucket_force_destroy

  tags = merge(var.tags, { Name = local.guard_bucket })

  lifecycle {
    precondition {
      condition     = contains(var.kms_purposes, "logs")
      error_message = "CloudTrail and Config need the key for logs: add \"logs\" to kms_purposes"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket                  = aws_s3_bucket.guard[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket = aws_s3_bucket.guard[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket = aws_s3_bucket.guard[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket = aws_s3_bucket.guard[0].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = local.logs_key_arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket = aws_s3_bucket.guard[0].id

  rule {
    id     = "keep-then-expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.log_retention_days
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.guard]
}

resource "aws_s3_bucket_logging" "guard" {
  count = local.needs_bucket && var.access_logs != null ? 1 : 0

  bucket        = aws_s3_bucket.guard[0].id
  target_bucket = var.access_logs.bucket
  target_prefix = coalesce(var.access_logs.prefix, "${local.guard_bucket}/")
}

# Costs nothing until somebody writes a rule, and then every change of the evidence can be one.
resource "aws_s3_bucket_notification" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket      = aws_s3_bucket.guard[0].id
  eventbridge = true
}

resource "aws_s3_bucket_policy" "guard" {
  count = local.needs_bucket ? 1 : 0

  bucket = aws_s3_bucket.guard[0].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.tls_statement], local.trail_bucket_statements, local.config_bucket_statements)
  })

  depends_on = [aws_s3_bucket_public_access_block.guard]
}
