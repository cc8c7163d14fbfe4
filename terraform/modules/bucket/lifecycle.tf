# How objects age: abandoned uploads, cheaper classes, the end, old versions.

locals {
  # Infrequent access costs least for objects that stay there 30 days or more, and takes none
  # younger than 30 days.
  infrequent_days = 30
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = var.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    id     = "clean"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = each.value.noncurrent_days
    }
  }

  rule {
    id     = "age"
    status = "Enabled"

    filter {
      prefix = each.value.aging_prefix
    }

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
        storage_class = each.value.archive_class
      }
    }

    # Where objects end by their age, S3 clears the marks of deleted ones by itself.
    expiration {
      days                         = each.value.expire_days
      expired_object_delete_marker = each.value.expire_days == null ? true : null
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
