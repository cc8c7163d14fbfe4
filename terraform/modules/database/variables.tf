variable "name" {
  description = "Name of the instance; begins the names of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){1,39}$", var.name))
    error_message = "name must be 2 to 40 characters of a-z, 0-9 and single -, beginning with a letter."
  }
}

variable "tags" {
  description = "Tags of every resource, and of the snapshots."
  type        = map(string)
  default     = {}
}

variable "engine_version" {
  description = "PostgreSQL version: a major (15), which takes its newest minor, or a minor (15.19)."
  type        = string

  validation {
    condition     = can(regex("^1[4-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "engine_version must be a PostgreSQL version from 14 on, such as 15 or 15.19."
  }
}

variable "instance_class" {
  description = "Instance class, such as db.t3.micro."
  type        = string

  validation {
    condition     = can(regex("^db\\.[a-z0-9-]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class must be such as db.t3.micro."
  }
}

variable "storage_gib" {
  description = "Storage at the start, GiB."
  type        = number

  validation {
    condition     = var.storage_gib >= 20 && var.storage_gib <= 65536 && floor(var.storage_gib) == var.storage_gib
    error_message = "storage_gib must be a whole number from 20 to 65536."
  }
}

variable "max_storage_gib" {
  description = "Storage up to which the instance grows by itself, GiB; null for five times storage_gib."
  type        = number
  default     = null
}

variable "subnet_ids" {
  description = "Database subnets, in at least two zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets."
  }
}

variable "security_group_ids" {
  description = "Security groups of the instance and its replicas."
  type        = list(string)

  validation {
    condition     = length(var.security_group_ids) >= 1
    error_message = "security_group_ids must name at least one group; the VPC's default group would be used otherwise."
  }
}

variable "kms_key_arn" {
  description = "KMS key of storage, snapshots, performance insights and the master secret."
  type        = string

  validation {
    condition     = startswith(var.kms_key_arn, "arn:")
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of the log groups; its policy must let CloudWatch Logs use it."
  type        = string

  validation {
    condition     = startswith(var.log_kms_key_arn, "arn:")
    error_message = "log_kms_key_arn must be the ARN of a KMS key."
  }
}

variable "log_retention_days" {
  description = "Days that database logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs offers, such as 30, 90 or 365."
  }
}

variable "backup_days" {
  description = "Days back to which the database can be restored, to the second."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "backup_days must be from 1 to 35."
  }
}

variable "backup_window" {
  description = "When the daily snapshot is taken, UTC; must not meet maintenance_window."
  type        = string
  default     = "03:00-04:00"
}

variable "maintenance_window" {
  description = "When minor upgrades and pending changes are applied, UTC."
  type        = string
  default     = "sun:04:30-sun:05:30"
}

variable "multi_zone" {
  description = "Keep a standby in a second zone, which takes over by itself."
  type        = bool
  default     = true
}

variable "read_replicas" {
  description = "Number of read replicas in the region."
  type        = number
  default     = 0

  validation {
    condition     = var.read_replicas >= 0 && var.read_replicas <= 15 && floor(var.read_replicas) == var.read_replicas
    error_message = "read_replicas must be a whole number from 0 to 15."
  }
}

variable "max_connections" {
  description = "Connections that the database admits; a change takes a restart. Too many for the memory of the class and it fails under load."
  type        = number
  default     = 100

  validation {
    condition     = var.max_connections >= 20 && var.max_connections <= 8388607
    error_message = "max_connections must be at least 20."
  }
}

variable "statement_timeout_ms" {
  description = "Milliseconds after which a statement is stopped; 0 for never."
  type        = number
  default     = 30000

  validation {
    condition     = var.statement_timeout_ms >= 0
    error_message = "statement_timeout_ms must be at least 0."
  }
}

variable "idle_in_transaction_timeout_ms" {
  description = "Milliseconds after which a session that idles in a transaction is closed; 0 for never."
  type        = number
  default     = 60000

  validation {
    condition     = var.idle_in_transaction_timeout_ms >= 0
    error_message = "idle_in_transaction_timeout_ms must be at least 0."
  }
}

variable "slow_statement_ms" {
  description = "Milliseconds from which a statement is logged with its time."
  type        = number
  default     = 1000

  validation {
    condition     = var.slow_statement_ms >= 0
    error_message = "slow_statement_ms must be at least 0."
  }
}

variable "proxy" {
  description = "Put an RDS Proxy before the instance: it pools connections and holds them through a failover."
  type        = bool
  default     = false
}

variable "proxy_security_group_ids" {
  description = "Security groups of the proxy; they must be let into those of the instance. Needed with proxy."
  type        = list(string)
  default     = []
}

variable "certificate_authority" {
  description = "Authority that signs the server's certificate, as RDS names it; the default's own certificate is good until 2061."
  type        = string
  default     = "rds-ca-rsa2048-g1"
}

variable "deletion_protection" {
  description = "Refuse to delete instance and replicas."
  type        = bool
  default     = true
}

variable "final_snapshot" {
  description = "Take a snapshot before the instance is deleted."
  type        = bool
  default     = true
}

variable "final_snapshot_name" {
  description = "Name of that snapshot; null for the instance's name, -final- and eight characters that each instance has of its own. One that exists already stops the deletion."
  type        = string
  default     = null
}

variable "performance_insights_days" {
  description = "Days of performance insights: 7 (free), a multiple of 31 up to 713, 731, or 0 for off. Every class of PostgreSQL can have it, db.t3.micro too."
  type        = number
  default     = 7

  validation {
    condition     = contains([0, 7, 731], var.performance_insights_days) || (var.performance_insights_days % 31 == 0 && var.performance_insights_days > 0 && var.performance_insights_days <= 713)
    error_message = "performance_insights_days must be 0, 7, 731 or a multiple of 31 up to 713."
  }
}

variable "monitoring_seconds" {
  description = "Seconds between the operating system's measurements; 0 for none."
  type        = number
  default     = 60

  validation {
    condition     = contains([0, 1, 5, 10, 15, 30, 60], var.monitoring_seconds)
    error_message = "monitoring_seconds must be 0, 1, 5, 10, 15, 30 or 60."
  }
}

variable "database_name" {
  description = "Database that is made with the instance."
  type        = string
  default     = "groundplan"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name must be 1 to 63 characters of a-z, 0-9 and _, beginning with a letter."
  }
}

variable "master_username" {
  description = "Master user; its password is made, kept and rotated by RDS in Secrets Manager."
  type        = string
  default     = "groundplan_admin"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.master_username)) && !contains(["admin", "postgres", "rdsadmin"], var.master_username)
    error_message = "master_username must be 1 to 63 characters of a-z, 0-9 and _, and not admin, postgres or rdsadmin."
  }
}

variable "apply_immediately" {
  description = "Apply changes now, with the restart that some take, instead of in the maintenance window."
  type        = bool
  default     = false
}

variable "allow_major_version_upgrade" {
  description = "Let a change of engine_version go to another major version."
  type        = bool
  default     = false
}

variable "event_topic_arn" {
  description = "SNS topic that is told of failover, failure, low storage and maintenance; null for none."
  type        = string
  default     = null
}
