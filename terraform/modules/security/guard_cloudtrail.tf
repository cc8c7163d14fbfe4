resource "aws_cloudtrail" "this" {
  count = var.guards.cloudtrail ? 1 : 0

  name                          = local.trail_name
  s3_bucket_name                = module.guard_bucket.names["guards"]
  s3_key_prefix                 = "cloudtrail"
  kms_key_id                    = local.logs_key_arn
  sns_topic_name                = aws_sns_topic.trail[0].name
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail[0].arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail[0].arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  enable_logging                = true

  tags = merge(var.tags, { Name = local.trail_name })

  depends_on = [aws_sns_topic_policy.trail, aws_iam_role_policy.trail]
}

resource "aws_cloudwatch_log_group" "trail" {
  count = var.guards.cloudtrail ? 1 : 0

  name              = "/aws/cloudtrail/${local.trail_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.logs_key_arn

  tags = merge(var.tags, { Name = "/aws/cloudtrail/${local.trail_name}" })
}

resource "aws_iam_role" "trail" {
  count = var.guards.cloudtrail ? 1 : 0

  name                 = local.trail_name
  description          = "CloudTrail writes its events to CloudWatch Logs"
  permissions_boundary = var.permissions_boundary_arn

  # No condition on the source: CloudTrail does not send one when it writes to CloudWatch Logs.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  tags = merge(var.tags, { Name = local.trail_name })
}

resource "aws_iam_role_policy" "trail" {
  count = var.guards.cloudtrail ? 1 : 0

  name = "write-events"
  role = aws_iam_role.trail[0].id

  # CloudTrail names its log streams <account>_CloudTrail_<region> for every region, also new ones.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail[0].arn}:log-stream:${local.account}_CloudTrail_*"
    }]
  })
}

# Without subscribers it costs cents; a security team's tools subscribe without touching the trail.
resource "aws_sns_topic" "trail" {
  count = var.guards.cloudtrail ? 1 : 0

  name              = local.trail_name
  kms_master_key_id = local.logs_key_arn

  tags = merge(var.tags, { Name = local.trail_name })
}

resource "aws_sns_topic_policy" "trail" {
  count = var.guards.cloudtrail ? 1 : 0

  arn = aws_sns_topic.trail[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "LetTrailPublish"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.trail[0].arn
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    }]
  })
}
