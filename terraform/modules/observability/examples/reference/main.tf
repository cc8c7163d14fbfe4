# Everything watched: a database with a replica, three NAT gateways, a cluster, a web ACL.
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

module "security" {
  source = "../../../security"

  name         = "observability-example"
  vpc_id       = "unused-without-groups"
  vpc_cidr     = "10.0.0.0/16"
  kms_purposes = ["logs"]
  guards = {
    cloudtrail = false, guardduty = false, config = false, security_hub = false, password_policy = false
  }
}

module "observability" {
  source = "../.."

  name        = "observability-example"
  tags        = { environment = "example", owner = "platform-team" }
  log_groups  = ["/observability-example/audit", "/observability-example/backend"]
  kms_key_arn = module.security.kms_key_arns["logs"]
  emails      = ["platform-team@groundplan.example"]

  database_identifiers = ["observability-example", "observability-example-replica-1"]
  nat_gateway_ids = {
    us-east-1a = "nat-0123456789abcdef0"
    us-east-1b = "nat-0123456789abcdef1"
    us-east-1c = "nat-0123456789abcdef2"
  }
  cluster_name = "observability-example"
  web_acl_name = "observability-example"
}

output "observability" {
  description = "All that the module hands on."
  value       = module.observability
}
