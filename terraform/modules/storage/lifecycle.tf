# How objects age: abandoned uploads, cheaper classes, the end, old versions.

locals {
  # Infrequent access costs least for objects that stay there 30 days or more, and takes none
  # younger than 30 days.
  infrequent_days = 30
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    id     = "abandoned-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = each.value.archive_days == null && each.value.expire_days == null ? [] : ["age"]

    content {
      id     = "age"
      status = "Enabled"

      filter {}

      dynamic "transition" {
        for_each = coalesce(each.value.archive_days, 0) >= 2 * local.infrequent_days ? ["infrequent"] : []

        content {
          days          = local.infrequent_days
          storage_class = "STANDARD_IA"
        }
      }

      dynamic "transition" {
        for_each = each.value.archive_days == null ? [] : ["archive"]

        content {
          days          = each.value.archive_days
          storage_class = var.archive_class
        }
      }

      dynamic "expiration" {
        for_each = each.value.expire_days == null ? [] : ["expire"]

        content {
          days = each.value.expire_days
        }
      }
    }
  }

  dynamic "rule" {
    for_each = each.value.versioning ? ["versions"] : []

    content {
      id     = "old-versions"
      status = "Enabled"

      filter {}

      noncurrent_version_expiration {
        noncurrent_days = var.noncurrent_days
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
