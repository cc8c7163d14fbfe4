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

variable "budget" {
  description = "What the platform may cost a month, US dollars."
  type        = number

  validation {
    condition     = var.budget > 0
    error_message = "budget must be above 0."
  }
}

variable "tag" {
  description = "Tag whose costs are counted, such as environment and dev. Billing must know it as a cost allocation tag."
  type        = object({ key = string, value = string })

  validation {
    condition     = var.tag.key != "" && var.tag.value != "" && !startswith(var.tag.key, "aws:")
    error_message = "tag must have a key and a value, and the key must be one of your own."
  }
}

variable "activate_tag" {
  description = "Makes the tag a cost allocation tag. Works in the paying account, a day after the tag was first used."
  type        = bool
  default     = false
}

variable "topic_arn" {
  description = "SNS topic told at once; its policy must admit budgets.amazonaws.com and costalerts.amazonaws.com."
  type        = string
  nullable    = false
}

variable "emails" {
  description = "Addresses told by e-mail, ten at most."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.emails) <= 10 && alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+[.][^@ ]+$", email))])
    error_message = "emails must be at most ten addresses such as team@example.com."
  }
}

variable "anomaly_usd" {
  description = "US dollars above the expected spend from which an anomaly is told."
  type        = number
  default     = 20

  validation {
    condition     = var.anomaly_usd > 0
    error_message = "anomaly_usd must be above 0."
  }
}
