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

variable "vpc_id" {
  description = "VPC of the security groups."
  type        = string
}

variable "vpc_cidr" {
  description = "Range of the VPC, such as 10.0.0.0/16. Rules from anywhere else need a public port."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr))
    error_message = "must be an IPv4 range such as 10.0.0.0/16"
  }
}

variable "public_ports" {
  description = "Ports that a rule may open to the whole internet."
  type        = set(number)
  default     = [80, 443]
}

variable "kms_purposes" {
  description = "One key for each purpose, so that losing or disabling one key loses one kind of data."
  type        = set(string)
  default     = ["cluster", "database", "storage", "logs", "backup", "secrets"]

  validation {
    condition     = alltrue([for purpose in var.kms_purposes : can(regex("^[a-z][a-z-]*$", purpose))])
    error_message = "each purpose must be lower-case letters and hyphens"
  }
}

variable "key_principal_arns" {
  description = "Principals, by purpose, that IAM policies cannot give a key: service-linked roles and roles of other accounts."
  type        = map(list(string))
  default     = {}

  validation {
    condition = alltrue([
      for arn in flatten(values(var.key_principal_arns)) : can(regex("^arn:[^*]+$", arn))
    ])
    error_message = "each principal must be a full ARN without a wildcard"
  }
}

variable "key_deletion_days" {
  description = "Days between the order to delete a key and its end; until then it can be called back."
  type        = number
  default     = 30

  validation {
    condition     = var.key_deletion_days >= 7 && var.key_deletion_days <= 30
    error_message = "must be 7 to 30 days"
  }
}

variable "groups" {
  description = "Security groups: name to description."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for group in keys(var.groups) : can(regex("^[a-z][a-z0-9-]*$", group))])
    error_message = "each name must be lower-case letters, digits and hyphens"
  }

  validation {
    condition = alltrue([
      for text in values(var.groups) : can(regex("^[a-zA-Z0-9. _:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", text))
    ])
    error_message = "each description must be 1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *, which EC2 admits"
  }
}

variable "rules" {
  description = "Arrows: name to what may speak to what. `from` and `to` are names of groups or ranges, and `to` may be a list of AWS such as com.amazonaws.us-east-1.s3; protocol \"-1\" is all traffic, and then the port is not used."
  type = map(object({
    from        = string
    to          = string
    port        = number
    protocol    = string
    description = string
  }))
  default = {}

  validation {
    condition     = alltrue([for rule in values(var.rules) : contains(["tcp", "udp", "-1"], rule.protocol)])
    error_message = "each protocol must be tcp, udp or -1"
  }

  validation {
    condition     = alltrue([for rule in values(var.rules) : rule.port >= 0 && rule.port <= 65535])
    error_message = "each port must be 0 to 65535"
  }

  validation {
    condition = alltrue([
      for rule in values(var.rules) : can(regex("^[a-zA-Z0-9. _:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", rule.description))
    ])
    error_message = "each description must be 1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *, which EC2 admits"
  }

  validation {
    condition     = alltrue([for rule in values(var.rules) : !(can(cidrhost(rule.from, 0)) && can(cidrhost(rule.to, 0)))])
    error_message = "a rule needs a group at one end at least"
  }
}

variable "cluster_name" {
  description = "Cluster whose pods may take the service roles; null admits each cluster of the account."
  type        = string
  default     = null
}

variable "services" {
  description = "Services that call AWS: who they are in the cluster, and which secrets, buckets and keys they may use."
  type = map(object({
    namespace       = string
    service_account = string
    secret_arns     = list(string)
    bucket_arns     = list(string)
    kms_key_arns    = list(string)
  }))
  default = {}

  validation {
    condition = alltrue(flatten([
      for service in values(var.services) : [
        for arn in concat(service.secret_arns, service.bucket_arns, service.kms_key_arns) :
        can(regex("^arn:[^*]+$", arn))
      ]
    ]))
    error_message = "each resource must be a full ARN without a wildcard"
  }

  validation {
    condition     = alltrue([for service in keys(var.services) : length(service) <= 32])
    error_message = "the name of a service must have at most 32 characters"
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role made here; null for none."
  type        = string
  default     = null
}

variable "guards" {
  description = "Guards of the whole account. Turn one off where the organization already has it."
  type = object({
    cloudtrail      = bool
    guardduty       = bool
    config          = bool
    security_hub    = bool
    password_policy = bool
  })
  default = {
    cloudtrail      = true
    guardduty       = true
    config          = true
    security_hub    = true
    password_policy = true
  }

  validation {
    condition     = !(var.guards.cloudtrail || var.guards.config) || contains(var.kms_purposes, "logs")
    error_message = "CloudTrail and Config need the key for logs: add \"logs\" to kms_purposes"
  }
}

variable "guard_bucket_name" {
  description = "Name of the bucket for CloudTrail and Config; null for <name>-guards-<account>."
  type        = string
  default     = null

  validation {
    condition     = var.guard_bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.guard_bucket_name))
    error_message = "must be 3 to 63 lower-case letters, digits and hyphens"
  }
}

variable "guard_bucket_force_destroy" {
  description = "Whether destroying also deletes the recorded evidence. Keep false where anybody may ask for it later."
  type        = bool
  default     = false
}

variable "access_logs" {
  description = "Bucket that takes the guard bucket's access logs, and where they begin in it (null: the guard bucket's name); null for none. An object, so that a plan knows it before the bucket is there."
  type        = object({ bucket = string, prefix = optional(string) })
  default     = null
}

variable "guard_replication" {
  description = "Second bucket, in another region or account, that takes a copy of the evidence; null for none."
  type = object({
    bucket_arn  = string
    kms_key_arn = string
  })
  default = null
}

variable "log_retention_days" {
  description = "Days that logs and evidence are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "must be a year or more, and a period that CloudWatch Logs knows: 365, 400, 545, 731, 1096 ..."
  }
}

variable "guardduty_features" {
  description = "What GuardDuty watches beside flow logs, DNS and CloudTrail. RUNTIME_MONITORING is priced by vCPU and therefore not in the default."
  type        = set(string)
  default     = ["EBS_MALWARE_PROTECTION", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"]

  validation {
    condition = alltrue([
      for feature in var.guardduty_features : contains([
        "EBS_MALWARE_PROTECTION", "EKS_AUDIT_LOGS", "LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS",
        "RUNTIME_MONITORING", "S3_DATA_EVENTS",
      ], feature)
    ])
    error_message = "must be features of GuardDuty, such as EKS_AUDIT_LOGS"
  }
}

variable "guardduty_organization" {
  description = "Whether new accounts of the organization get GuardDuty too; only for its delegated administrator."
  type        = bool
  default     = false
}

variable "config_rules" {
  description = "Managed rules of AWS Config: our name to the identifier of AWS."
  type        = map(string)
  default = {
    cloudtrail-enabled          = "CLOUD_TRAIL_ENABLED"
    database-encrypted          = "RDS_STORAGE_ENCRYPTED"
    database-private            = "RDS_INSTANCE_PUBLIC_ACCESS_CHECK"
    default-group-closed        = "VPC_DEFAULT_SECURITY_GROUP_CLOSED"
    flow-logs-enabled           = "VPC_FLOW_LOGS_ENABLED"
    keys-rotated                = "CMK_BACKING_KEY_ROTATION_ENABLED"
    no-root-access-key          = "IAM_ROOT_ACCESS_KEY_CHECK"
    root-with-second-factor     = "ROOT_ACCOUNT_MFA_ENABLED"
    ssh-closed                  = "INCOMING_SSH_DISABLED"
    storage-public-read-denied  = "S3_BUCKET_PUBLIC_READ_PROHIBITED"
    storage-public-write-denied = "S3_BUCKET_PUBLIC_WRITE_PROHIBITED"
    storage-tls-only            = "S3_BUCKET_SSL_REQUESTS_ONLY"
    volumes-encrypted           = "ENCRYPTED_VOLUMES"
  }
}
