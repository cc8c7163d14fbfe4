# GitHub's provider, the four roles, a repository to push to, and the bucket of the state.
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

locals {
  tags = { environment = "example", owner = "platform-team" }
}

module "security" {
  source = "../../../security"

  name         = "delivery-example"
  tags         = local.tags
  vpc_id       = "unused-without-groups"
  vpc_cidr     = "10.0.0.0/16"
  kms_purposes = ["storage"]
  guards = {
    cloudtrail = false, guardduty = false, config = false, security_hub = false, password_policy = false
  }
}

module "delivery" {
  source = "../.."

  name            = "delivery-example"
  tags            = local.tags
  repository      = "groundplan/groundplan"
  branch          = "main"
  environment     = "dev"
  repository_arns = ["arn:aws:ecr:us-east-1:123456789012:repository/delivery-example/backend"]

  readable_repositories = ["delivery-example/*"]

  kms_key_arn = module.security.kms_key_arns["storage"]
}

output "delivery" {
  description = "All that the module hands on."
  value       = module.delivery
}
