# Where the bucket stood in states that were written before it was a module of its own.

moved {
  from = aws_iam_role.replication[0]
  to   = module.state.aws_iam_role.replication["state"]
}

moved {
  from = aws_iam_role_policy.replication[0]
  to   = module.state.aws_iam_role_policy.replication["state"]
}

moved {
  from = aws_s3_bucket.state[0]
  to   = module.state.aws_s3_bucket.this["state"]
}

moved {
  from = aws_s3_bucket_lifecycle_configuration.state[0]
  to   = module.state.aws_s3_bucket_lifecycle_configuration.this["state"]
}

moved {
  from = aws_s3_bucket_logging.state[0]
  to   = module.state.aws_s3_bucket_logging.this["state"]
}

moved {
  from = aws_s3_bucket_notification.state[0]
  to   = module.state.aws_s3_bucket_notification.this["state"]
}

moved {
  from = aws_s3_bucket_ownership_controls.state[0]
  to   = module.state.aws_s3_bucket_ownership_controls.this["state"]
}

moved {
  from = aws_s3_bucket_policy.state[0]
  to   = module.state.aws_s3_bucket_policy.this["state"]
}

moved {
  from = aws_s3_bucket_public_access_block.state[0]
  to   = module.state.aws_s3_bucket_public_access_block.this["state"]
}

moved {
  from = aws_s3_bucket_replication_configuration.state[0]
  to   = module.state.aws_s3_bucket_replication_configuration.this["state"]
}

moved {
  from = aws_s3_bucket_server_side_encryption_configuration.state[0]
  to   = module.state.aws_s3_bucket_server_side_encryption_configuration.this["state"]
}

moved {
  from = aws_s3_bucket_versioning.state[0]
  to   = module.state.aws_s3_bucket_versioning.this["state"]
}
