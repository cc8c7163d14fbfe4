# A private cluster in an existing VPC: one group on demand that always runs, one on spot that
# starts from nothing.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

variable "subnet_ids" {
  description = "Private subnets, in at least two zones."
  type        = list(string)
}

variable "node_security_group_ids" {
  description = "Security groups of the nodes."
  type        = list(string)
}

variable "kms_key_arn" {
  description = "KMS key of the cluster's secrets and logs."
  type        = string
}

variable "administrator_arn" {
  description = "IAM role that administers the cluster."
  type        = string
}

module "cluster" {
  source = "../.."

  name                    = "example"
  kubernetes_version      = "1.35"
  subnet_ids              = var.subnet_ids
  node_security_group_ids = var.node_security_group_ids
  secrets_kms_key_arn     = var.kms_key_arn
  log_kms_key_arn         = var.kms_key_arn
  admin_principal_arns    = { platform = var.administrator_arn }

  node_groups = {
    main  = { instance_types = ["t3.medium", "t3.large"], capacity = "on-demand", min = 1, desired = 3, max = 20 }
    spare = { instance_types = ["t3.large", "t3.xlarge"], capacity = "spot", min = 0, desired = 0, max = 10 }
  }

  tags = { environment = "example", owner = "platform-team" }
}

output "endpoint" {
  description = "Address of the API server."
  value       = module.cluster.endpoint
}
