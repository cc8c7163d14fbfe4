# Buckets and what every bucket has. How objects age is in lifecycle.tf,
# the copy in another region in replication.tf, images are in images.tf.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  bucket_names = { for key in keys(local.buckets) : key => "${var.name}-${key}-${data.aws_caller_identity.current.account_id}" }

  # The bucket that takes the access logs of the others does not log itself: each log written
  # would cause the next.
  buckets = merge(var.buckets, { logs = var.logs })

  # Other buckets of the account, and ours, by what begins the names of their logs.
  log_sources = merge(
    { for key in keys(var.buckets) : key => local.bucket_names[key] },
    var.log_sources,
  )
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_144:a copy in another region is an option that costs, chosen by the file; owner: platform-team
  #checkov:skip=CKV_AWS_145:S3 delivers access logs only to a bucket encrypted by SSE-S3, the others have the KMS key; owner: platform-team
  for_each = local.buckets

  bucket              = local.bucket_names[each.key]
  force_destroy       = var.force_destroy
  object_lock_enabled = contains(keys(var.object_lock_days), each.key)

  tags = merge(var.tags, { Name = local.bucket_names[each.key] })

  lifecycle {
    precondition {
      condition     = var.replication == null || contains(keys(local.buckets), var.replicated_bucket)
      error_message = "replicated_bucket must be a key of buckets."
    }
    precondition {
      condition     = alltrue([for key in keys(var.object_lock_days) : try(local.buckets[key].versioning, false) && key != "logs"])
      error_message = "object_lock_days: a bucket must be versioned, and not the one that takes access logs."
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.buckets

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  versioning_configuration {
    status = each.value["versioning"] ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    # One data key for many objects: a fraction of the calls to KMS, and of their price.
    bucket_key_enabled = each.key != "logs"

    apply_server_side_encryption_by_default {
      sse_algorithm     = each.key == "logs" ? "AES256" : "aws:kms"
      kms_master_key_id = each.key == "logs" ? null : var.kms_key_arn
    }
  }
}

data "aws_iam_policy_document" "bucket" {
  for_each = local.buckets

  # Each bucket may write its own logs only, under its own prefix.
  dynamic "statement" {
    for_each = each.key == "logs" ? local.log_sources : {}

    content {
      sid       = "AllowAccessLogs${replace(title(statement.key), "-", "")}"
      actions   = ["s3:PutObject"]
      resources = ["${aws_s3_bucket.this[each.key].arn}/${var.access_log_prefix}${statement.key}/*"]

      principals {
        type        = "Service"
        identifiers = ["logging.s3.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [data.aws_caller_identity.current.account_id]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = ["arn:${data.aws_partition.current.partition}:s3:::${statement.value}"]
      }
    }
  }

  # Load balancers of this account, which exist only when the cluster has made them.
  dynamic "statement" {
    for_each = each.key == "logs" && var.load_balancer_log_prefix != null ? [var.load_balancer_log_prefix] : []

    content {
      sid       = "AllowLoadBalancerLogs"
      actions   = ["s3:PutObject"]
      resources = ["${aws_s3_bucket.this[each.key].arn}/${statement.value}/AWSLogs/${data.aws_caller_identity.current.account_id}/*"]

      principals {
        type        = "Service"
        identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = ["arn:${data.aws_partition.current.partition}:elasticloadbalancing:*:${data.aws_caller_identity.current.account_id}:loadbalancer/*"]
      }
    }
  }

  statement {
    sid       = "DenyWithoutTLS"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this[each.key].arn, "${aws_s3_bucket.this[each.key].arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "DenyOldTLS"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this[each.key].arn, "${aws_s3_bucket.this[each.key].arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  policy = data.aws_iam_policy_document.bucket[each.key].json

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_logging" "this" {
  for_each = var.buckets

  bucket        = aws_s3_bucket.this[each.key].id
  target_bucket = aws_s3_bucket.this["logs"].id
  target_prefix = "${var.access_log_prefix}${each.key}/"

  depends_on = [aws_s3_bucket_policy.this]
}

resource "aws_s3_bucket_notification" "this" {
  for_each = local.buckets

  bucket      = aws_s3_bucket.this[each.key].id
  eventbridge = true
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  for_each = { for key, days in var.object_lock_days : key => days if contains(keys(var.buckets), key) }

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    default_retention {
      mode = var.object_lock_mode
      days = each.value
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
