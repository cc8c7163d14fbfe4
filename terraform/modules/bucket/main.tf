# Buckets and what every bucket has. Who may do what is in policy.tf, how objects age in
# lifecycle.tf, the copy in another bucket in replication.tf.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  # By name, not by reference: a policy and a role are planned before the bucket is there.
  arns = { for key, bucket in var.buckets : key => "arn:${data.aws_partition.current.partition}:s3:::${bucket.name}" }
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_144:a copy in a second bucket is an option that costs, chosen by the caller; owner: platform-team
  #checkov:skip=CKV_AWS_145:S3 delivers access logs only to a bucket encrypted by SSE-S3, the others have a KMS key; owner: platform-team
  for_each = var.buckets

  bucket              = each.value.name
  force_destroy       = each.value.force_destroy
  object_lock_enabled = each.value.object_lock != null

  tags = merge(var.tags, { Name = each.value.name })
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = var.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = var.buckets

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = var.buckets

  bucket = aws_s3_bucket.this[each.key].id

  versioning_configuration {
    status = each.value.versioning == false ? "Suspended" : "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = var.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    # One data key for many objects: a fraction of the calls to KMS, and of their price.
    bucket_key_enabled = each.value.encryption != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = each.value.encryption == null ? "AES256" : "aws:kms"
      kms_master_key_id = each.value.encryption == null ? null : each.value.encryption.kms_key_arn
    }
  }
}

# S3 refuses to log into a bucket whose policy does not admit it yet; it may be one of these.
resource "aws_s3_bucket_logging" "this" {
  for_each = var.access_logs

  bucket        = aws_s3_bucket.this[each.key].id
  target_bucket = each.value.bucket
  target_prefix = each.value.prefix

  depends_on = [aws_s3_bucket_policy.this]
}

# Costs nothing until somebody writes a rule, and then every change of an object can be one.
resource "aws_s3_bucket_notification" "this" {
  for_each = var.buckets

  bucket      = aws_s3_bucket.this[each.key].id
  eventbridge = true
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  for_each = { for key, bucket in var.buckets : key => bucket.object_lock if bucket.object_lock != null }

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    default_retention {
      mode = each.value.mode
      days = each.value.days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
