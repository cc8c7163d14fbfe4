variable "name" {
  description = "Begins the name of everything this module makes, such as groundplan-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "must be 2 to 31 lower-case letters, digits and hyphens, a letter first"
  }
}

variable "tags" {
  description = "Tags of every resource that can carry them, recovery points too."
  type        = map(string)
  default     = {}
}

variable "kms_key_arn" {
  description = "Key of the vault."
  type        = string
}

variable "schedule" {
  description = "When backups are made, as a schedule of EventBridge in UTC; daily by default."
  type        = string
  default     = "cron(0 3 * * ? *)"

  validation {
    condition     = can(regex("^(cron\\([^)]+\\)|rate\\([^)]+\\))$", var.schedule))
    error_message = "must be cron(...) or rate(...), such as cron(0 3 * * ? *)"
  }
}

variable "keep_days" {
  description = "Days that a backup is kept."
  type        = number
  default     = 35

  validation {
    condition     = var.keep_days >= 7
    error_message = "must be at least 7 days"
  }
}

variable "cold_after_days" {
  description = "Days after which a backup moves to cold storage, where it stays 90 days at least; null for never. RDS has none."
  type        = number
  default     = null
}

variable "continuous" {
  description = "Whether services that can (RDS, S3) are kept restorable to any second. Then keep_days is at most 35."
  type        = bool
  default     = false
}

variable "copy_vault_arn" {
  description = "Vault in another region or account that takes a copy; null for none."
  type        = string
  default     = null
}

variable "selection_tag" {
  description = "Resources with all of these tags are backed up."
  type        = map(string)
  default     = { backup = "true" }

  validation {
    condition     = length(var.selection_tag) > 0
    error_message = "needs a tag: without one every resource of the account would be backed up"
  }
}

variable "deleter_arns" {
  description = "Principals that may delete backups before their time, beside the account root. None by default."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.deleter_arns : can(regex("^arn:[^*]+$", arn))])
    error_message = "each must be a full ARN without a wildcard"
  }
}

variable "lock_days" {
  description = "Fewest days that any backup in the vault is kept, whoever asks; null for no lock."
  type        = number
  default     = null

  validation {
    condition     = var.lock_days == null || try(var.lock_days >= 1, false)
    error_message = "must be at least 1 day"
  }
}

variable "lock_final_after_days" {
  description = "Days after which nobody, AWS included, can remove the lock; null keeps it removable by those with the right."
  type        = number
  default     = null

  validation {
    condition     = var.lock_final_after_days == null || try(var.lock_final_after_days >= 3, false)
    error_message = "must be at least 3 days, the time that AWS gives to change one's mind"
  }
}

variable "restore_testing" {
  description = "Whether a restore is tried regularly, in a database that AWS deletes again."
  type        = bool
  default     = false
}

variable "restore_schedule" {
  description = "When restores are tried; weekly by default."
  type        = string
  default     = "cron(0 5 ? * SUN *)"

  validation {
    condition     = can(regex("^(cron\\([^)]+\\)|rate\\([^)]+\\))$", var.restore_schedule))
    error_message = "must be cron(...) or rate(...), such as cron(0 5 ? * SUN *)"
  }
}

variable "restore_types" {
  description = "Kinds of resources whose restore is tried, as AWS Backup names them, with what it needs to know for each."
  type        = map(map(string))
  default     = { RDS = {} }

  validation {
    condition = alltrue([
      for type in keys(var.restore_types) : contains(["Aurora", "DynamoDB", "EBS", "EC2", "EFS", "RDS", "S3"], type)
    ])
    error_message = "each must be Aurora, DynamoDB, EBS, EC2, EFS, RDS or S3"
  }
}

variable "restore_keep_hours" {
  description = "Hours that a restored resource lives, for checks of your own; then AWS deletes it."
  type        = number
  default     = 4

  validation {
    condition     = var.restore_keep_hours >= 1 && var.restore_keep_hours <= 168
    error_message = "must be 1 to 168 hours"
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of both roles; null for none."
  type        = string
  default     = null
}
