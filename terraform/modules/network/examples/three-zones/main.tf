# The reference network: three zones, three tiers, NAT in each zone.

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

resource "aws_security_group" "endpoints" {
  name        = "${local.name}-endpoints"
  description = "AWS services inside the VPC"
  vpc_id      = module.network.vpc_id

  tags = merge(local.tags, { Name = "${local.name}-endpoints" })
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.endpoints.id
  description       = "HTTPS from the VPC"
  cidr_ipv4         = local.cidr
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"

  tags = merge(local.tags, { Name = "${local.name}-endpoints" })
}

module "network" {
  source = "../.."

  name = local.name
  tags = local.tags
  cidr = local.cidr

  zones            = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnets   = ["10.0.48.0/24", "10.0.49.0/24", "10.0.50.0/24"]
  private_subnets  = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
  database_subnets = ["10.0.52.0/24", "10.0.53.0/24", "10.0.54.0/24"]

  cluster_name                = local.name
  log_kms_key_arn             = aws_kms_key.logs.arn
  endpoint_security_group_ids = [aws_security_group.endpoints.id]
}

# A service that needs a narrower policy than the module's gets an endpoint of its own.
resource "aws_vpc_endpoint" "parameters" {
  vpc_id              = module.network.vpc_id
  service_name        = "com.amazonaws.${data.aws_region.this.name}.ssm"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = values(module.network.private_subnet_ids)
  security_group_ids  = [aws_security_group.endpoints.id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ssm:GetParameter", "ssm:GetParameters"]
      Resource  = "arn:${data.aws_partition.this.partition}:ssm:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:parameter/${local.name}/*"
    }]
  })

  tags = merge(local.tags, { Name = "${local.name}-ssm" })
}

output "vpc_id" {
  description = "ID of the VPC."
  value       = module.network.vpc_id
}

output "nat_public_ips" {
  description = "Addresses that the platform shows to the internet."
  value       = module.network.nat_public_ips
}
