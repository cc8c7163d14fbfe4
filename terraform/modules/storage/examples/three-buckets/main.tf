# Artifacts, logs and backups with a key of their own, and a repository for each of two services.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

variable "kms_key_arn" {
  description = "KMS key of buckets and repositories."
  type        = string
}

variable "force_destroy" {
  description = "Set to true, and apply, to let a destroy delete buckets that hold objects."
  type        = bool
  default     = false
}

module "storage" {
  source = "../.."

  name          = "example"
  kms_key_arn   = var.kms_key_arn
  repositories  = ["gateway", "backend"]
  force_destroy = var.force_destroy

  logs = { versioning = true, expire_days = 400, archive_days = 30 }

  buckets = {
    artifacts = { versioning = true, expire_days = 365, archive_days = 90 }
    backups   = { versioning = true, expire_days = 35, archive_days = 7 }
  }

  object_lock_days = { backups = 7 }

  tags = { environment = "example", owner = "platform-team" }
}

output "bucket_names" {
  description = "Names of the buckets by key."
  value       = module.storage.bucket_names
}
