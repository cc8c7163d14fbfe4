# A domain with its zone, its certificate and the web ACL in front of it.

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

data "aws_region" "this" {}

resource "aws_kms_key" "logs" {
  description         = "Encrypts the logs of ${local.name}."
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
        Sid       = "Logs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.this.name}.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = "*"
      },
    ]
  })

  tags = merge(local.tags, { Name = "${local.name}-logs" })
}

module "edge" {
  source = "../.."

  name = local.name
  tags = local.tags

  domain                = "groundplan.example"
  alternative_names     = ["grafana.groundplan.example"]
  waf_anonymous_ip_list = true
  log_kms_key_arn       = aws_kms_key.logs.arn
}

output "name_servers" {
  description = "Name servers to enter at the parent domain."
  value       = module.edge.name_servers
}

output "web_acl_arn" {
  description = "ARN of the web ACL."
  value       = module.edge.web_acl_arn
}
