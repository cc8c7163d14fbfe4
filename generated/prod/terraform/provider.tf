# Rendered from platform.yaml; changes here are lost.

variable "simulated" {
  type        = bool
  description = "Whether AWS is a simulator, which knows no credentials."
  default     = false
}

provider "aws" {
  region                      = "us-east-1"
  max_retries                 = var.simulated ? 3 : 25
  skip_credentials_validation = var.simulated
  skip_metadata_api_check     = var.simulated
  s3_use_path_style           = var.simulated
}
