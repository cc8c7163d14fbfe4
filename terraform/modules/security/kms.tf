locals {
  # kms:* for the account root is what makes IAM policies count for a key: without it only the
  # principals named here could use it, and once they are gone nobody could, the account's
  # administrators included. It gives nobody anything by itself. "*" is this key: a key policy
  # cannot name another resource.
  account_statement = {
    Sid       = "LetIamPoliciesOfThisAccountDecide"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  principal_statements = {
    for purpose, arns in var.key_principal_arns : purpose => [
      {
        Sid       = "UseByNamedPrincipals"
        Effect    = "Allow"
        Principal = { AWS = arns }
        Action    = local.use_actions
        Resource  = "*"
      },
      {
        Sid       = "LendToAwsServices"
        Effect    = "Allow"
        Principal = { AWS = arns }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  }

  # ReEncrypt* and GenerateDataKey* are families of one operation, as AWS documents them for services.
  use_actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]

  log_group_statement = {
    Sid       = "EncryptLogGroupsOfThisAccount"
    Effect    = "Allow"
    Principal = { Service = "logs.${local.region}.amazonaws.com" }
    Action    = local.use_actions
    Resource  = "*"
    Condition = {
      ArnLike = {
        "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:*"
      }
    }
  }

  # Alarms and budgets publish to an encrypted topic under their own names. EventBridge sends no
  # source to KMS, so a condition would lock it out; the topic's own policy binds it to the account.
  publisher_statements = [
    {
      Sid    = "PublishToEncryptedTopics"
      Effect = "Allow"
      Principal = {
        Service = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "costalerts.amazonaws.com"]
      }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    },
    {
      Sid       = "PublishEventsToEncryptedTopics"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
      Resource  = "*"
    },
  ]

  trail_statements = var.guards.cloudtrail ? [
    {
      Sid       = "EncryptTrail"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    },
  ] : []

  config_statements = var.guards.config ? [
    {
      Sid       = "EncryptConfigSnapshots"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    },
  ] : []

  purpose_statements = {
    logs = concat(
      [local.log_group_statement], local.publisher_statements, local.trail_statements, local.config_statements,
    )
  }
}

resource "aws_kms_key" "this" {
  for_each = var.kms_purposes

  description             = "${var.name}: encrypts ${each.key}"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  deletion_window_in_days = var.key_deletion_days

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [local.account_statement],
      lookup(local.purpose_statements, each.key, []),
      lookup(local.principal_statements, each.key, []),
    )
  })

  tags = merge(var.tags, { Name = "${var.name}-${each.key}", Purpose = each.key })
}

resource "aws_kms_alias" "this" {
  for_each = var.kms_purposes

  name          = "alias/${var.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}
