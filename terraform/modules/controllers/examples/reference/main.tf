# The three controllers of a platform, and the cluster module's part of it.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}

variable "zone_id" {
  description = "Hosted zone of the platform's domain."
  type        = string
}

variable "web_acl_arn" {
  description = "Firewall of the load balancer."
  type        = string
}

variable "secret_kms_key_arn" {
  description = "KMS key of the platform's secrets."
  type        = string
}

module "controllers" {
  source = "../.."

  name                = "groundplan-example"
  cluster_name        = "groundplan-example"
  secret_prefix       = "groundplan-example/"
  secret_kms_key_arns = [var.secret_kms_key_arn]
  web_acl_arn         = var.web_acl_arn
  zone_id             = var.zone_id

  tags = { environment = "example", owner = "platform-team" }
}

output "pod_identities" {
  description = "What the cluster module takes."
  value       = module.controllers.pod_identities
}
