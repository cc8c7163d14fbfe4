# Daily backups of what is tagged, kept 35 days and at least 7, in a vault that nobody empties.
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
  description = "Whether the endpoint is a simulator: no account is asked."
  type        = bool
  default     = false
}

variable "restore_testing" {
  description = "Whether restores are tried."
  type        = bool
  default     = true
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = var.simulated
  skip_metadata_api_check     = var.simulated
}

locals {
  tags = { environment = "example", owner = "platform-team" }
}

module "security" {
  source = "../../../security"

  name         = "backup-example"
  tags         = local.tags
  vpc_id       = "unused-without-groups"
  vpc_cidr     = "10.0.0.0/16"
  kms_purposes = ["backup"]
  guards = {
    cloudtrail = false, guardduty = false, config = false, security_hub = false, password_policy = false
  }
}

module "backup" {
  source = "../.."

  name            = "backup-example"
  tags            = local.tags
  kms_key_arn     = module.security.kms_key_arns["backup"]
  keep_days       = 35
  lock_days       = 7
  selection_tag   = { backup = "true", environment = "example" }
  restore_testing = var.restore_testing
  restore_types   = { RDS = { dbSubnetGroupName = "backup-example" } }
}

output "backup" {
  description = "All that the module hands on."
  value       = module.backup
}
