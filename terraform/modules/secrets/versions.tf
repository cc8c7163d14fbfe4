terraform {
  # From 1.11 on there are write-only arguments, which keep the values out of state and plans.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 6.0"
    }
  }
}
