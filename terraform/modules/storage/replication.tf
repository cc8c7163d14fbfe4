# A copy of one bucket in another region, and the role by which S3 writes it.

locals {
  replicated = var.replication == null ? {} : { for key, bucket in local.buckets : key => bucket if key == var.replicated_bucket }
}

data "aws_iam_policy_document" "replication_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "replication" {
  for_each = local.replicated

  statement {
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.this[each.key].arn]
  }

  statement {
    actions = [
      "s3:GetObjectRetention",
      "s3:GetObjectLegalHold",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionTagging",
    ]
    resources = ["${aws_s3_bucket.this[each.key].arn}/*"]
  }

  # No s3:ReplicateDelete: what is deleted here stays there.
  statement {
    actions   = ["s3:ReplicateObject", "s3:ReplicateTags"]
    resources = ["${var.replication.region_bucket_arn}/*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn]
  }

  statement {
    actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
    resources = [var.replication.kms_key_arn]
  }
}

resource "aws_iam_role" "replication" {
  for_each = local.replicated

  name               = "${var.name}-replication"
  description        = "S3 copies ${local.bucket_names[each.key]} to another region"
  assume_role_policy = data.aws_iam_policy_document.replication_trust.json

  tags = merge(var.tags, { Name = "${var.name}-replication" })
}

resource "aws_iam_role_policy" "replication" {
  for_each = local.replicated

  name   = "replication"
  role   = aws_iam_role.replication[each.key].id
  policy = data.aws_iam_policy_document.replication[each.key].json
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = local.replicated

  bucket = aws_s3_bucket.this[each.key].id
  role   = aws_iam_role.replication[each.key].arn

  rule {
    id     = "copy"
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket        = var.replication.region_bucket_arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = var.replication.kms_key_arn
      }
    }
  }

  lifecycle {
    precondition {
      condition     = each.value.versioning
      error_message = "replicated_bucket must be versioned."
    }
  }

  depends_on = [
    aws_iam_role_policy.replication,
    aws_s3_bucket_versioning.this,
  ]
}
