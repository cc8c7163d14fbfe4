# Rendered from platform.yaml; changes here are lost.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # delivery.stateBucket keeps state in S3.
  backend "local" {}
}
