# Buckets by the module bucket, one of which takes the access logs of the others. Images are in
# images.tf.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # The bucket that takes the access logs of the others does not log itself: each log written
  # would cause the next.
  buckets      = merge(var.buckets, { logs = var.logs })
  bucket_names = { for key in keys(local.buckets) : key => "${var.name}-${key}-${local.account}" }
  logs_arn     = "arn:${local.partition}:s3:::${local.bucket_names["logs"]}"

  # Other buckets of the account, and ours, by what begins the names of their logs.
  log_sources = merge(
    { for key in keys(var.buckets) : key => local.bucket_names[key] },
    var.log_sources,
  )

  # Each bucket may write its own logs only, under its own prefix.
  access_log_statements = [
    for prefix, bucket in local.log_sources : jsonencode({
      Sid       = "AllowAccessLogs${replace(title(prefix), "-", "")}"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${local.logs_arn}/${var.access_log_prefix}${prefix}/*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = "arn:${local.partition}:s3:::${bucket}" }
      }
    })
  ]

  # Load balancers of this account, which exist only when the cluster has made them.
  load_balancer_statements = [
    for prefix in [var.load_balancer_log_prefix] : jsonencode({
      Sid       = "AllowLoadBalancerLogs"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${local.logs_arn}/${prefix}/AWSLogs/${local.account}/*"
      Condition = {
        ArnLike = { "aws:SourceArn" = "arn:${local.partition}:elasticloadbalancing:*:${local.account}:loadbalancer/*" }
      }
    }) if prefix != null
  ]

  logs_statements = concat(local.access_log_statements, local.load_balancer_statements)

  made = {
    for key, bucket in local.buckets : key => merge(bucket, {
      name            = local.bucket_names[key]
      encryption      = key == "logs" ? null : { kms_key_arn = var.kms_key_arn }
      noncurrent_days = var.noncurrent_days
      archive_class   = var.archive_class
      object_lock     = contains(keys(var.object_lock_days), key) ? { mode = var.object_lock_mode, days = var.object_lock_days[key] } : null
      force_destroy   = var.force_destroy
    })
  }

  access_logs = {
    for key in keys(var.buckets) : key => { bucket = local.bucket_names["logs"], prefix = "${var.access_log_prefix}${key}/" }
  }

  replication = {
    for key, copy in { (var.replicated_bucket) = var.replication } : key => {
      bucket_arn                               = copy.region_bucket_arn
      kms_key_arn                              = copy.kms_key_arn
      role_name                                = "${var.name}-replication"
    } if copy != null
  }
}

module "buckets" {
  source = "../bucket"

  buckets     = local.made
  statements  = { logs = local.logs_statements }
  access_logs = local.access_logs
  replication = local.replication

  tags = var.tags
}
