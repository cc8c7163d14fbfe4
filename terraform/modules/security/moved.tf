# Where the bucket stood in states that were written before it was a module of its own.

moved {
  from = aws_iam_role.guard_replication[0]
  to   = module.guard_bucket.aws_iam_role.replication["guards"]
}

moved {
  from = aws_iam_role_policy.guard_replication[0]
  to   = module.guard_bucket.aws_iam_role_policy.replication["guards"]
}

moved {
  from = aws_s3_bucket.guard[0]
  to   = module.guard_bucket.aws_s3_bucket.this["guards"]
}

moved {
  from = aws_s3_bucket_lifecycle_configuration.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_lifecycle_configuration.this["guards"]
}

moved {
  from = aws_s3_bucket_logging.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_logging.this["guards"]
}

moved {
  from = aws_s3_bucket_notification.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_notification.this["guards"]
}

moved {
  from = aws_s3_bucket_ownership_controls.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_ownership_controls.this["guards"]
}

moved {
  from = aws_s3_bucket_policy.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_policy.this["guards"]
}

moved {
  from = aws_s3_bucket_public_access_block.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_public_access_block.this["guards"]
}

moved {
  from = aws_s3_bucket_replication_configuration.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_replication_configuration.this["guards"]
}

moved {
  from = aws_s3_bucket_server_side_encryption_configuration.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_server_side_encryption_configuration.this["guards"]
}

moved {
  from = aws_s3_bucket_versioning.guard[0]
  to   = module.guard_bucket.aws_s3_bucket_versioning.this["guards"]
}
