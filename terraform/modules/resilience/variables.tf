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

variable "zones" {
  description = "Zones that an experiment can take away, one at a time."
  type        = list(string)

  validation {
    condition     = length(var.zones) == length(toset(var.zones)) && alltrue([for zone in var.zones : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))])
    error_message = "each must be a zone such as us-east-1a, and be there once"
  }
}

variable "cluster_name" {
  description = "Cluster whose nodes are stopped; EKS tags them eks:cluster-name."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets that lose their connections with their zone: zone to ids. A zone without any only loses its nodes."
  type        = map(list(string))
  default     = {}
}

variable "database_arn" {
  description = "Database instance that fails over; needed when database_failover is true."
  type        = string
  default     = null
}

variable "database_failover" {
  description = "Make the experiment that lets the database fail over; it must span zones. Apart from database_arn, which a plan may not know yet."
  type        = bool
  default     = false
}

variable "stop_alarm_arns" {
  description = "Alarms that end a running experiment at once. At least one."
  type        = list(string)

  validation {
    condition     = length(var.stop_alarm_arns) >= 1 && length(var.stop_alarm_arns) <= 5
    error_message = "an experiment needs 1 to 5 alarms that stop it"
  }
}

variable "duration" {
  description = "How long a zone stays away, as ISO 8601: PT10M is ten minutes."
  type        = string
  default     = "PT10M"

  validation {
    condition     = can(regex("^PT([0-9]+H)?([0-9]+M)?$", var.duration)) && var.duration != "PT"
    error_message = "must be hours and minutes such as PT10M or PT1H"
  }
}

variable "volume_kms_key_arns" {
  description = "Customer keys of the nodes' volumes: starting a node again needs a grant on them."
  type        = list(string)
  default     = []
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role; null for none."
  type        = string
  default     = null
}

variable "log_kms_key_arn" {
  description = "Key of the log group."
  type        = string
}

variable "log_retention_days" {
  description = "Days that the experiments' logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "must be a year or more, and a period that CloudWatch Logs knows: 365, 400, 545, 731, 1096 ..."
  }
}
