locals {
  replicates = var.state_bucket && var.state_replication != null
}

resource "aws_iam_role" "replication" {
  count = local.replicates ? 1 : 0

  name                 = "${var.name}-state-replication"
  description          = "S3 copies the state to its second bucket"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account, "aws:SourceArn" = local.bucket_arn } }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-state-replication" })
}

resource "aws_iam_role_policy" "replication" {
  count = local.replicates ? 1 : 0

  name = "copy-state"
  role = aws_iam_role.replication[0].id

  # Objects have no names yet: all of the two buckets.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = local.bucket_arn
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging",
        ]
        Resource = "${local.bucket_arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = "${var.state_replication.bucket_arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.kms_key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Encrypt"
        Resource = var.state_replication.kms_key_arn
      },
    ]
  })
}

resource "aws_s3_bucket_replication_configuration" "state" {
  count = local.replicates ? 1 : 0

  bucket = aws_s3_bucket.state[0].id
  role   = aws_iam_role.replication[0].arn

  rule {
    id     = "copy-state"
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
      bucket        = var.state_replication.bucket_arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = var.state_replication.kms_key_arn
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}
