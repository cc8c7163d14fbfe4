# Copies of buckets in second ones, and the roles by which S3 writes them.

resource "aws_iam_role" "replication" {
  for_each = var.replication

  name                 = each.value.role_name
  description          = "S3 copies ${var.buckets[each.key].name} to its second bucket"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          "aws:SourceArn"     = local.arns[each.key]
        }
      }
    }]
  })

  tags = merge(var.tags, { Name = each.value.role_name })
}

resource "aws_iam_role_policy" "replication" {
  for_each = var.replication

  name = "replication"
  role = aws_iam_role.replication[each.key].id

  # Objects have no names yet: all of the two buckets.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Effect   = "Allow"
          Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
          Resource = local.arns[each.key]
        },
        {
          Effect = "Allow"
          Action = [
            "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging",
          ]
          Resource = "${local.arns[each.key]}/*"
        },
        # No s3:ReplicateDelete: what is deleted here stays there.
        {
          Effect   = "Allow"
          Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
          Resource = "${each.value.bucket_arn}/*"
        },
        {
          Effect   = "Allow"
          Action   = ["kms:Encrypt", "kms:GenerateDataKey"]
          Resource = each.value.kms_key_arn
        },
      ],
      [
        for encryption in [var.buckets[each.key].encryption] : {
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = encryption.kms_key_arn
        } if encryption != null
      ],
    )
  })
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = var.replication

  bucket = aws_s3_bucket.this[each.key].id
  role   = aws_iam_role.replication[each.key].arn

  rule {
    id     = "copy"
    status = "Enabled"

    filter {}

    # A deletion here must not reach the copy.
    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket        = each.value.bucket_arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = each.value.kms_key_arn
      }
    }
  }

  depends_on = [
    aws_iam_role_policy.replication,
    aws_s3_bucket_versioning.this,
  ]
}
