# A database in existing subnets, with a standby in a second zone and one read replica.

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
  description = "Database subnets, in at least two zones."
  type        = list(string)
}

variable "security_group_ids" {
  description = "Security groups that let the services in."
  type        = list(string)
}

variable "kms_key_arn" {
  description = "KMS key of storage, secret and logs."
  type        = string
}

variable "deletion_protection" {
  description = "Set to false, and apply, before a destroy."
  type        = bool
  default     = true
}

module "database" {
  source = "../.."

  name                = "example"
  engine_version      = "15"
  instance_class      = "db.t3.small"
  storage_gib         = 100
  subnet_ids          = var.subnet_ids
  security_group_ids  = var.security_group_ids
  kms_key_arn         = var.kms_key_arn
  log_kms_key_arn     = var.kms_key_arn
  read_replicas       = 1
  deletion_protection = var.deletion_protection

  tags = { environment = "example", owner = "platform-team" }
}

output "endpoint" {
  description = "Address of the instance."
  value       = module.database.endpoint
}
