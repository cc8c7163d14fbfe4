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

variable "repository" {
  description = "GitHub repository whose workflows take the roles, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9_.-]+$", var.repository))
    error_message = "must be owner/name, without a wildcard"
  }
}

variable "branch" {
  description = "The only branch whose workflows may push images."
  type        = string
  default     = "main"

  validation {
    condition     = can(regex("^[A-Za-z0-9_./-]+$", var.branch))
    error_message = "must be the name of a branch, without a wildcard"
  }
}

variable "environment" {
  description = "GitHub environment whose jobs may apply and deliver, such as dev. Its rules say who consents."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.environment))
    error_message = "must be the name of an environment, of letters, digits, _, . and -, without a wildcard"
  }
}

variable "create_oidc_provider" {
  description = "Whether to make GitHub's identity provider. An account has it once: false where it is there already."
  type        = bool
  default     = true
}

variable "repository_arns" {
  description = "ECR repositories that the push role may push to. Empty: it may push nowhere."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.repository_arns : can(regex("^arn:[^*]+$", arn))])
    error_message = "each must be a full ARN without a wildcard"
  }
}

variable "readable_repositories" {
  description = "ECR repositories that the deploy role may read, by name, in any account that admits it; * stands for a part of a name, such as groundplan-*/*."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.readable_repositories : can(regex("^[a-z0-9][a-z0-9*._-]*/[a-z0-9*._/-]+$", name))])
    error_message = "each must begin with the platform's name and a /, such as groundplan-*/*"
  }
}

variable "cluster" {
  description = "Cluster that the deploy role enters: its name, the Kubernetes groups that the role joins, the namespaces it reads with their logs, and those in which it may forward ports. Null for none."
  type = object({
    name     = string
    groups   = optional(list(string), [])
    reads    = optional(list(string), [])
    forwards = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.cluster == null ? true : !anytrue([for group in var.cluster.groups : startswith(group, "system:")])
    error_message = "groups must not be Kubernetes' own, which may do everything"
  }
}

variable "plan_policies" {
  description = "Managed policies of the plan role. The default reads configuration and no data."
  type        = set(string)
  default     = ["SecurityAudit", "job-function/ViewOnlyAccess"]

  validation {
    condition     = length(setintersection(var.plan_policies, ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"])) == 0
    error_message = "must only read: a pull request runs code that nobody has reviewed yet"
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role made here; null for none."
  type        = string
  default     = null
}

variable "state_bucket" {
  description = "Whether to make the bucket of Terraform's state."
  type        = bool
  default     = true
}

variable "state_bucket_name" {
  description = "Name of the state's bucket; null for <name>-state-<account>."
  type        = string
  default     = null

  validation {
    condition     = var.state_bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.state_bucket_name))
    error_message = "must be 3 to 63 lower-case letters, digits and hyphens"
  }
}

variable "state_versions_days" {
  description = "Days that former versions of the state can be brought back."
  type        = number
  default     = 90

  validation {
    condition     = var.state_versions_days >= 30
    error_message = "must be at least 30 days"
  }
}

variable "access_logs" {
  description = "Bucket that takes the state bucket's access logs; null for none. An object, so that a plan knows it before the bucket is there."
  type        = object({ bucket = string })
  default     = null
}

variable "state_replication" {
  description = "Second bucket, in another region, that takes a copy of the state; null for none."
  type = object({
    bucket_arn  = string
    kms_key_arn = string
  })
  default = null
}

variable "kms_key_arn" {
  description = "Key of the state's bucket."
  type        = string
}
