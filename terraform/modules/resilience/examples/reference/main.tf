# Three zones that can go away, and a database that can fail over; one alarm ends an experiment.
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

  name         = "resilience-example"
  tags         = local.tags
  vpc_id       = "unused-without-groups"
  vpc_cidr     = "10.0.0.0/16"
  kms_purposes = ["logs"]
  guards = {
    cloudtrail = false, guardduty = false, config = false, security_hub = false, password_policy = false
  }
}

module "observability" {
  source = "../../../observability"

  name         = "resilience-example"
  tags         = local.tags
  kms_key_arn  = module.security.kms_key_arns["logs"]
  cluster_name = "resilience-example"
}

module "resilience" {
  source = "../.."

  name              = "resilience-example"
  tags              = local.tags
  zones             = ["us-east-1a", "us-east-1b", "us-east-1c"]
  cluster_name      = "resilience-example"
  subnet_ids        = { us-east-1a = ["subnet-0123456789abcdef0"] }
  database_arn      = "arn:aws:rds:us-east-1:123456789012:db:resilience-example"
  database_failover = true
  stop_alarm_arns   = [module.observability.alarm_arns["resilience-example-cluster-api-errors"]]
  log_kms_key_arn   = module.security.kms_key_arns["logs"]
}

output "resilience" {
  description = "All that the module hands on."
  value       = module.resilience
}
