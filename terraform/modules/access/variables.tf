variable "name" {
  description = "Platform and environment, such as groundplan-dev; begins every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 32 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "tags" {
  description = "Tags of every resource; the module adds Name."
  type        = map(string)
  default     = {}
}

variable "vpc_id" {
  description = "ID of the VPC that clients enter."
  type        = string
}

variable "vpc_cidr" {
  description = "Address range of the VPC; clients reach it and nothing else."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr))
    error_message = "vpc_cidr must be an IPv4 range such as 10.0.0.0/16."
  }
}

variable "client_cidr" {
  description = "Addresses that clients are given, IPv4, /12 to /22, apart from the VPC's. It cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.client_cidr)) && try(tonumber(split("/", var.client_cidr)[1]), 0) >= 12 && try(tonumber(split("/", var.client_cidr)[1]), 99) <= 22
    error_message = "client_cidr must be an IPv4 range of /12 to /22, such as 10.100.0.0/22."
  }
}

variable "subnet_ids" {
  description = "Private subnets by zone through which clients enter; each is charged by the hour."
  type        = map(string)

  validation {
    condition     = length(var.subnet_ids) >= 1
    error_message = "subnet_ids must name at least one subnet."
  }
}

variable "security_group_ids" {
  description = "Security groups of the entrance; they decide what clients reach inside the VPC."
  type        = list(string)

  validation {
    condition     = length(var.security_group_ids) >= 1 && length(var.security_group_ids) <= 5
    error_message = "security_group_ids must be one to five: without one AWS would take the VPC's default group."
  }
}

variable "server_certificate_arn" {
  description = "ACM certificate by which the entrance proves itself to clients."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:acm:", var.server_certificate_arn))
    error_message = "server_certificate_arn must be the ARN of an ACM certificate."
  }
}

variable "client_certificate_arn" {
  description = "ACM certificate whose authority signs the clients' certificates."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:acm:", var.client_certificate_arn))
    error_message = "client_certificate_arn must be the ARN of an ACM certificate."
  }
}

variable "session_hours" {
  description = "Hours after which a client is disconnected and has to come in anew."
  type        = number
  default     = 8

  validation {
    condition     = contains([8, 10, 12, 24], var.session_hours)
    error_message = "session_hours must be 8, 10, 12 or 24."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key that encrypts the connection log; its policy must admit logs.<region>.amazonaws.com."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that the connection log is kept; one that CloudWatch Logs offers."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one that CloudWatch Logs offers, such as 30, 90, 365 or 731."
  }
}
