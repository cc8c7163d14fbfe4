variable "name" {
  description = "Begins the name of every secret; a slash and the secret's own name follow."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,29}$", var.name))
    error_message = "name must be 2 to 30 characters of a-z, 0-9 and -, beginning with a letter."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Secrets by name: characters of the value, and of which alphabet. With fields the secret is JSON, and the value its field password. A higher version writes a new value. What is given is not drawn but taken from values."
  type = map(object({
    description = string
    length      = number
    alphabet    = optional(string, "alphanumeric")
    fields      = optional(map(string))
    version     = optional(number, 1)
    given       = optional(bool, false)
  }))

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z0-9]([a-z0-9/-]{0,60}[a-z0-9])?$", name))])
    error_message = "secrets: a name must be 1 to 62 characters of a-z, 0-9, / and -, a letter or digit at both ends."
  }
  validation {
    condition     = alltrue([for secret in var.secrets : secret.length >= 32 && secret.length <= 128])
    error_message = "secrets: length must be from 32 to 128 characters."
  }
  validation {
    condition     = alltrue([for secret in var.secrets : contains(["alphanumeric", "hexadecimal"], secret.alphabet)])
    error_message = "secrets: alphabet must be alphanumeric or hexadecimal."
  }
  validation {
    condition     = alltrue([for secret in var.secrets : !contains(keys(coalesce(secret.fields, {})), "password")])
    error_message = "secrets: the field password is drawn, and cannot be given."
  }
}

variable "values" {
  description = "Values that are given, by the secrets' names: keys that must outlive a move to another account, say."
  type        = map(string)
  ephemeral   = true
  default     = {}
}

variable "kms_key_arn" {
  description = "KMS key of the secrets."
  type        = string

  validation {
    condition     = startswith(var.kms_key_arn, "arn:")
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "recovery_days" {
  description = "Days in which a deleted secret can be called back, 7 to 30; its name is taken until then. 0 deletes at once."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "recovery_days must be 0, or from 7 to 30."
  }
}
