# The keys of a platform, the password of a cache, and an account that is written as JSON.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

variable "kms_key_arn" {
  description = "KMS key of the secrets."
  type        = string
}

module "secrets" {
  source = "../.."

  name          = "groundplan-example"
  kms_key_arn   = var.kms_key_arn
  recovery_days = 7

  secrets = {
    gateway-key    = { description = "Signs what the gateway says of a caller", length = 64, alphabet = "hexadecimal" }
    cache-password = { description = "Password of the cache", length = 48 }

    administrator = {
      description = "The first person who signs in"
      length      = 32
      fields      = { email = "administrator@groundplan.example" }
    }
  }

  tags = { environment = "example", owner = "platform-team" }
}

output "secret_arns" {
  description = "ARNs of the secrets."
  value       = module.secrets.arns
}
