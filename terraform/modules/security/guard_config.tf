resource "aws_config_configuration_recorder" "this" {
  count = var.guards.config ? 1 : 0

  name     = "${var.name}-recorder"
  role_arn = aws_iam_role.config[0].arn

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "this" {
  count = var.guards.config ? 1 : 0

  name           = "${var.name}-channel"
  s3_bucket_name = module.guard_bucket.names["guards"]
  s3_key_prefix  = "config"
  s3_kms_key_arn = local.logs_key_arn

  snapshot_delivery_properties {
    delivery_frequency = "TwentyFour_Hours"
  }

  depends_on = [aws_config_configuration_recorder.this, aws_iam_role_policy.config]
}

resource "aws_config_configuration_recorder_status" "this" {
  count = var.guards.config ? 1 : 0

  name       = aws_config_configuration_recorder.this[0].name
  is_enabled = true

  depends_on = [aws_config_delivery_channel.this]
}

resource "aws_config_config_rule" "this" {
  for_each = var.guards.config ? var.config_rules : {}

  name        = "${var.name}-${each.key}"
  description = "${each.value}, an AWS managed rule"

  source {
    owner             = "AWS"
    source_identifier = each.value
  }

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [aws_config_configuration_recorder.this]
}

resource "aws_iam_role" "config" {
  count = var.guards.config ? 1 : 0

  name                 = "${var.name}-config"
  description          = "AWS Config reads the configuration of resources and delivers it"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-config" })
}

# Read-only, and kept by AWS in step with the resource types that Config learns.
resource "aws_iam_role_policy_attachment" "config" {
  count = var.guards.config ? 1 : 0

  role       = aws_iam_role.config[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AWS_ConfigRole"
}

resource "aws_iam_role_policy" "config" {
  count = var.guards.config ? 1 : 0

  name = "deliver"
  role = aws_iam_role.config[0].id

  # Config chooses the names of its objects below its own prefix.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Resource  = "${local.guard_bucket_arn}/config/AWSLogs/${local.account}/Config/*"
        Condition = { StringLike = { "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetBucketAcl"
        Resource = local.guard_bucket_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = local.logs_key_arn
      },
    ]
  })
}
