# A way for people into a private network of two zones. The certificates are made beforehand, for
# instance with easy-rsa, and imported into ACM.

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

variable "server_certificate_arn" {
  description = "ACM certificate of the entrance."
  type        = string
}

variable "client_certificate_arn" {
  description = "ACM certificate of the authority that signs clients."
  type        = string
}

locals {
  name = "groundplan-example"
  cidr = "10.0.0.0/16"
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

resource "aws_security_group" "entrance" {
  name        = "${local.name}-entrance"
  description = "People who came in by VPN"
  vpc_id      = module.network.vpc_id

  tags = merge(local.tags, { Name = "${local.name}-entrance" })
}

resource "aws_vpc_security_group_egress_rule" "entrance" {
  security_group_id = aws_security_group.entrance.id
  description       = "HTTPS inside the VPC"
  cidr_ipv4         = local.cidr
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"

  tags = merge(local.tags, { Name = "${local.name}-entrance" })
}

module "network" {
  source = "../../../network"

  name = local.name
  tags = local.tags
  cidr = local.cidr

  zones               = ["us-east-1a", "us-east-1b"]
  public_subnets      = ["10.0.48.0/24", "10.0.49.0/24"]
  private_subnets     = ["10.0.0.0/24", "10.0.1.0/24"]
  database_subnets    = ["10.0.52.0/24", "10.0.53.0/24"]
  nat                 = "none"
  interface_endpoints = []
  log_kms_key_arn     = aws_kms_key.logs.arn
}

module "access" {
  source = "../.."

  name = local.name
  tags = local.tags

  vpc_id                 = module.network.vpc_id
  vpc_cidr               = module.network.cidr
  client_cidr            = "10.100.0.0/22"
  subnet_ids             = module.network.private_subnet_ids
  security_group_ids     = [aws_security_group.entrance.id]
  server_certificate_arn = var.server_certificate_arn
  client_certificate_arn = var.client_certificate_arn
  log_kms_key_arn        = aws_kms_key.logs.arn
}

output "dns_name" {
  description = "Name that clients connect to."
  value       = module.access.dns_name
}
