variable "name" {
  description = "Begins the names of the roles."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,29}$", var.name))
    error_message = "name must be 2 to 30 characters of a-z, 0-9 and -, beginning with a letter."
  }
}

variable "tags" {
  description = "Tags of every role."
  type        = map(string)
  default     = {}
}

variable "cluster_name" {
  description = "Cluster whose controllers take the roles."
  type        = string
}

variable "external_secrets" {
  description = "Who External Secrets is in the cluster; null for no role."
  type        = object({ namespace = string, service_account = string })
  default     = { namespace = "external-secrets", service_account = "external-secrets" }
}

variable "secret_prefix" {
  description = "What the names of the secrets begin with that External Secrets may read, such as groundplan-dev/."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9/-]*/$", var.secret_prefix))
    error_message = "secret_prefix must be of a-z, 0-9, / and -, and end with a slash: another platform's name may begin alike."
  }
}

variable "secret_arns" {
  description = "Further secrets that External Secrets may read: the database's master password, which RDS names."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_arns : can(regex("^arn:[^*]+$", arn))])
    error_message = "secret_arns must be full ARNs without a wildcard."
  }
}

variable "secret_kms_key_arns" {
  description = "KMS keys of those secrets."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[^*]+$", arn))])
    error_message = "secret_kms_key_arns must be full ARNs without a wildcard."
  }
}

variable "load_balancer_controller" {
  description = "Who the AWS Load Balancer Controller is in the cluster; null for no role."
  type        = object({ namespace = string, service_account = string })
  default     = { namespace = "kube-system", service_account = "aws-load-balancer-controller" }
}

variable "web_acl_arn" {
  description = "Firewall that the load balancer controller may put before its load balancers; null for none."
  type        = string
  default     = null
}

variable "external_dns" {
  description = "Who External DNS is in the cluster; null for no role."
  type        = object({ namespace = string, service_account = string })
  default     = { namespace = "external-dns", service_account = "external-dns" }
}

variable "zone_id" {
  description = "Hosted zone whose records External DNS may change. Needed with external_dns."
  type        = string
  default     = null
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles; null for none."
  type        = string
  default     = null
}
