# The budget of one environment, told to a topic and to a team.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  name = "groundplan-example"
  tags = {
    environment   = "example"
    "cost-center" = "platform"
  }
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

resource "aws_kms_key" "notices" {
  description         = "Encrypts the notices of ${local.name}."
  enable_key_rotation = true

  # kms:* on "*" is the account's own right to administer this key; a key policy names no other resource.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Notices"
        Effect    = "Allow"
        Principal = { Service = ["budgets.amazonaws.com", "costalerts.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
      },
    ]
  })

  tags = merge(local.tags, { Name = "${local.name}-notices" })
}

resource "aws_sns_topic" "notices" {
  name              = "${local.name}-notices"
  kms_master_key_id = aws_kms_key.notices.arn

  tags = merge(local.tags, { Name = "${local.name}-notices" })
}

resource "aws_sns_topic_policy" "notices" {
  arn = aws_sns_topic.notices.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Billing"
      Effect    = "Allow"
      Principal = { Service = ["budgets.amazonaws.com", "costalerts.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.notices.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

module "cost" {
  source = "../.."

  name = local.name
  tags = local.tags

  budget    = 300
  tag       = { key = "environment", value = "example" }
  topic_arn = aws_sns_topic.notices.arn
  emails    = ["platform-team@groundplan.example"]

  depends_on = [aws_sns_topic_policy.notices]
}

output "budget_name" {
  description = "Name of the budget."
  value       = module.cost.budget_name
}
