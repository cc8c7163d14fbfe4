locals {
  bucket     = coalesce(var.state_bucket_name, "${var.name}-state-${local.account}")
  bucket_arn = "arn:${local.partition}:s3:::${local.bucket}"
}

# No prevent_destroy: it would also refuse to destroy everything else in the same root. S3 itself
# keeps a bucket that still holds a state or a version of one, and force_destroy stays false.
resource "aws_s3_bucket" "state" {
  count = var.state_bucket ? 1 : 0

  bucket        = local.bucket
  force_destroy = false

  tags = merge(var.tags, { Name = local.bucket })
}

resource "aws_s3_bucket_public_access_block" "state" {
  count = var.state_bucket ? 1 : 0

  bucket                  = aws_s3_bucket.state[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  count = var.state_bucket ? 1 : 0

  bucket = aws_s3_bucket.state[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "state" {
  count = var.state_bucket ? 1 : 0

  bucket = aws_s3_bucket.state[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  count = var.state_bucket ? 1 : 0

  bucket = aws_s3_bucket.state[0].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

# Only former versions end: a state in use and its lock file never do.
resource "aws_s3_bucket_lifecycle_configuration" "state" {
  count = var.state_bucket ? 1 : 0

  bucket = aws_s3_bucket.state[0].id

  rule {
    id     = "end-former-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.state_versions_days
    }

    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_s3_bucket_logging" "state" {
  count = var.state_bucket && var.access_logs != null ? 1 : 0

  bucket        = aws_s3_bucket.state[0].id
  target_bucket = var.access_logs.bucket
  target_prefix = "${local.bucket}/"
}

# Costs nothing until somebody writes a rule, and then every change of the state can be one.
resource "aws_s3_bucket_notification" "state" {
  count = var.state_bucket ? 1 : 0

  bucket      = aws_s3_bucket.state[0].id
  eventbridge = true
}

resource "aws_s3_bucket_policy" "state" {
  count = var.state_bucket ? 1 : 0

  bucket = aws_s3_bucket.state[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RefusePlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "RefuseOldTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.state]
}
