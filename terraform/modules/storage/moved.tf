# Where buckets stood in states that were written before they were a module of their own.

moved {
  from = aws_iam_role.replication
  to   = module.buckets.aws_iam_role.replication
}

moved {
  from = aws_iam_role_policy.replication
  to   = module.buckets.aws_iam_role_policy.replication
}

moved {
  from = aws_s3_bucket.this
  to   = module.buckets.aws_s3_bucket.this
}

moved {
  from = aws_s3_bucket_lifecycle_configuration.this
  to   = module.buckets.aws_s3_bucket_lifecycle_configuration.this
}

moved {
  from = aws_s3_bucket_logging.this
  to   = module.buckets.aws_s3_bucket_logging.this
}

moved {
  from = aws_s3_bucket_notification.this
  to   = module.buckets.aws_s3_bucket_notification.this
}

moved {
  from = aws_s3_bucket_object_lock_configuration.this
  to   = module.buckets.aws_s3_bucket_object_lock_configuration.this
}

moved {
  from = aws_s3_bucket_ownership_controls.this
  to   = module.buckets.aws_s3_bucket_ownership_controls.this
}

moved {
  from = aws_s3_bucket_policy.this
  to   = module.buckets.aws_s3_bucket_policy.this
}

moved {
  from = aws_s3_bucket_public_access_block.this
  to   = module.buckets.aws_s3_bucket_public_access_block.this
}

moved {
  from = aws_s3_bucket_replication_configuration.this
  to   = module.buckets.aws_s3_bucket_replication_configuration.this
}

moved {
  from = aws_s3_bucket_server_side_encryption_configuration.this
  to   = module.buckets.aws_s3_bucket_server_side_encryption_configuration.this
}

moved {
  from = aws_s3_bucket_versioning.this
  to   = module.buckets.aws_s3_bucket_versioning.this
}
