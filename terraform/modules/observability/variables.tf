variable "name" {
  description = "Begins the name of everything this module makes, such as groundplan-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "must be 2 to 31 lower-case letters, digits and hyphens, a letter first"
  }
}

variable "tags" {
  description = "Tags of every resource that can carry them."
  type        = map(string)
  default     = {}
}

variable "log_groups" {
  description = "Full names of the log groups to make, such as /groundplan-dev/backend."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for group in var.log_groups : can(regex("^[a-zA-Z0-9_./-]+$", group))])
    error_message = "each name must be letters, digits and _ . / -"
  }
}

variable "retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365

  validation {
    condition = contains([
      365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.retention_days)
    error_message = "must be a year or more, and a period that CloudWatch Logs knows: 365, 400, 545, 731, 1096 ..."
  }
}

variable "kms_key_arn" {
  description = "Key of the log groups and of the topic; its policy must admit Logs, CloudWatch, EventBridge and Budgets."
  type        = string
}

variable "emails" {
  description = "Addresses that are told; each must confirm once."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "each must be an e-mail address"
  }
}

variable "database_identifiers" {
  description = "Identifiers of the database instances, replicas too. Names, which the plan knows, not ids."
  type        = list(string)
  default     = []
}

variable "database_max_connections" {
  description = "Connections that the database admits; the alarm is at four fifths."
  type        = number
  default     = 140

  validation {
    condition     = var.database_max_connections > 0
    error_message = "must be at least 1"
  }
}

variable "database_storage_gib" {
  description = "Storage of the database in GiB; the alarm is at a tenth free."
  type        = number
  default     = 20

  validation {
    condition     = var.database_storage_gib >= 20
    error_message = "must be at least 20, the least that RDS makes"
  }
}

variable "database_replica_lag_seconds" {
  description = "Seconds that a replica may be behind for five minutes."
  type        = number
  default     = 30
}

variable "nat_gateway_ids" {
  description = "NAT gateways: zone to id."
  type        = map(string)
  default     = {}
}

variable "cluster_name" {
  description = "Cluster whose control plane is watched; null for none."
  type        = string
  default     = null
}

variable "web_acl_name" {
  description = "Metric name of the web ACL; null for none."
  type        = string
  default     = null
}

variable "web_acl_blocked_per_5_minutes" {
  description = "Blocked requests in five minutes that are a surge."
  type        = number
  default     = 1000

  validation {
    condition     = var.web_acl_blocked_per_5_minutes > 0
    error_message = "must be at least 1"
  }
}

variable "findings_from_severity" {
  description = "GuardDuty findings that are told: 4 is medium, 7 is high."
  type        = number
  default     = 4

  validation {
    condition     = var.findings_from_severity >= 1 && var.findings_from_severity <= 10
    error_message = "must be 1 to 10"
  }
}
