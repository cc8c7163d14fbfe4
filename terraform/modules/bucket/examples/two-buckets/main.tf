# A bucket that a KMS key encrypts, and one that takes its access logs.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

variable "simulated" {
  description = "Whether the endpoint is a simulator: no account is asked, buckets are addressed by path."
  type        = bool
  default     = false
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = var.simulated
  skip_metadata_api_check     = var.simulated
  s3_use_path_style           = var.simulated
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  names   = { for key in ["files", "logs"] : key => "bucket-example-${key}-${local.account}" }
}

resource "aws_kms_key" "files" {
  description         = "Files of the example"
  enable_key_rotation = true

  # kms:* for the account root is what makes IAM policies count for a key; "*" is this key.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${local.account}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

module "buckets" {
  source = "../.."

  buckets = {
    for key, name in local.names : key => {
      name         = name
      encryption   = key == "logs" ? null : { kms_key_arn = aws_kms_key.files.arn }
      archive_days = 90
      expire_days  = 400
    }
  }

  access_logs = { files = { bucket = local.names["logs"], prefix = "files/" } }

  statements = {
    logs = [jsonencode({
      Sid       = "LetFilesLog"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.names["logs"]}/files/*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = "arn:aws:s3:::${local.names["files"]}" }
      }
    })]
  }

  tags = { environment = "example", owner = "platform-team" }
}

output "names" {
  description = "Names of the buckets by key."
  value       = module.buckets.names
}
