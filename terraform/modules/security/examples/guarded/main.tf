# The reference's arrows in the default VPC, with every guard on.
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

# The network module makes a VPC of its own; the account's default one is enough to show the groups.
data "aws_vpc" "default" {
  default = true
}

module "security" {
  source = "../.."

  name     = "security-example"
  tags     = local.tags
  vpc_id   = data.aws_vpc.default.id
  vpc_cidr = data.aws_vpc.default.cidr_block

  groups = {
    load-balancer = "Load balancer, the only way in"
    nodes         = "Nodes of the cluster"
    database      = "PostgreSQL"
  }

  rules = {
    internet-to-load-balancer = {
      from = "0.0.0.0/0", to = "load-balancer", port = 443, protocol = "tcp", description = "Browsers"
    }
    load-balancer-to-nodes = {
      from = "load-balancer", to = "nodes", port = 8080, protocol = "tcp", description = "Frontend"
    }
    nodes-to-database = {
      from = "nodes", to = "database", port = 5432, protocol = "tcp", description = "PostgreSQL over TLS"
    }
    nodes-to-internet = {
      from = "nodes", to = "0.0.0.0/0", port = 443, protocol = "tcp", description = "Registries and AWS by NAT"
    }
  }

  cluster_name = "security-example"
  services = {
    backend = {
      namespace       = "platform"
      service_account = "backend"
      secret_arns     = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:backend-AbCdEf"]
      bucket_arns     = ["arn:aws:s3:::security-example-artifacts"]
      kms_key_arns    = []
    }
    frontend = {
      namespace       = "platform"
      service_account = "frontend"
      secret_arns     = []
      bucket_arns     = []
      kms_key_arns    = []
    }
  }

  guard_bucket_force_destroy = true
}

output "security" {
  description = "All that the module hands on."
  value       = module.security
}
