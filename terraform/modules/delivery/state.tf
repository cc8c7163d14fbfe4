# The bucket of Terraform's state, by the module bucket.

locals {
  bucket     = coalesce(var.state_bucket_name, "${var.name}-state-${local.account}")
  bucket_arn = "arn:${local.partition}:s3:::${local.bucket}"

  # Only former versions end: a state in use and its lock file never do.
  state_buckets = {
    for key, name in { state = local.bucket } : key => {
      name                   = name
      encryption             = { kms_key_arn = var.kms_key_arn }
      noncurrent_days        = var.state_versions_days
    } if var.state_bucket
  }

  state_access_logs = {
    for key, logs in { state = var.access_logs } : key => { bucket = logs.bucket, prefix = "${local.bucket}/" }
    if var.state_bucket && logs != null
  }

  state_replication = {
    for key, copy in { state = var.state_replication } : key => {
      bucket_arn             = copy.bucket_arn
      kms_key_arn            = copy.kms_key_arn
      role_name              = "${var.name}-state-replication"
    } if var.state_bucket && copy != null
  }
}

# No prevent_destroy: it would also refuse to destroy everything else in the same root. S3 itself
# keeps a bucket that still holds a state or a version of one, and force_destroy stays false.
module "state" {
  source = "../bucket"

  buckets     = local.state_buckets
  access_logs = local.state_access_logs
  replication = local.state_replication

  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = var.tags
}
