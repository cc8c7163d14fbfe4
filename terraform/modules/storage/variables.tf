variable "name" {
  description = "Begins all names; bucket names are made of it, the bucket's key and the account."
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

variable "buckets" {
  description = "Buckets by key. After archive_days objects move to the archive class, after expire_days they go, where aging_prefix is null or begins their names; null keeps them where they are. Versioned unless versioning is false."
  type = map(object({
    versioning   = optional(bool, true)
    expire_days  = optional(number)
    archive_days = optional(number)
    aging_prefix = optional(string)
  }))

  validation {
    condition     = alltrue([for key in keys(var.buckets) : can(regex("^[a-z0-9][a-z0-9-]{0,18}[a-z0-9]$", key))])
    error_message = "buckets: a key must be 2 to 20 characters of a-z, 0-9 and -."
  }
  validation {
    condition     = !contains(keys(var.buckets), "logs")
    error_message = "buckets: the bucket logs is described by the variable logs."
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      coalesce(bucket.archive_days, 1) >= 1 && coalesce(bucket.expire_days, 1) >= 1
    ])
    error_message = "buckets: archive_days and expire_days must be at least 1, or null."
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      bucket.archive_days == null || bucket.expire_days == null ? true : bucket.archive_days < bucket.expire_days
    ])
    error_message = "buckets: archive_days must be less than expire_days."
  }
}

variable "kms_key_arn" {
  description = "KMS key of buckets and repositories. The bucket of the access logs is the exception: S3 delivers them only to a bucket with keys of its own (SSE-S3)."
  type        = string

  validation {
    condition     = startswith(var.kms_key_arn, "arn:")
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "logs" {
  description = "The bucket named logs, which is always there and takes the access logs of the others: how long it keeps them."
  type = object({
    versioning   = optional(bool, true)
    expire_days  = optional(number)
    archive_days = optional(number)
  })
  default = { expire_days = 400 }

  validation {
    condition     = coalesce(var.logs.archive_days, 1) >= 1 && coalesce(var.logs.expire_days, 1) >= 1
    error_message = "logs: archive_days and expire_days must be at least 1, or null."
  }
}

variable "log_sources" {
  description = "Further buckets of the account whose access logs it takes: where they begin, below access_log_prefix, to the bucket's name."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.log_sources) : can(regex("^[a-z0-9][a-z0-9-]*$", key))])
    error_message = "log_sources: a key must be of a-z, 0-9 and -."
  }
}

variable "load_balancer_log_prefix" {
  description = "Where in it the logs of the account's load balancers begin; null to take none."
  type        = string
  default     = null

  validation {
    condition     = var.load_balancer_log_prefix == null || can(regex("^[a-z0-9][a-z0-9-]*$", var.load_balancer_log_prefix))
    error_message = "load_balancer_log_prefix must be of a-z, 0-9 and -."
  }
}

variable "access_log_prefix" {
  description = "Where in the logs bucket access logs begin; the bucket's key follows."
  type        = string
  default     = "access/"

  validation {
    condition     = endswith(var.access_log_prefix, "/") && !startswith(var.access_log_prefix, "/")
    error_message = "access_log_prefix must end with / and not begin with it."
  }
}

variable "archive_class" {
  description = "Storage class that objects move to after archive_days."
  type        = string
  default     = "GLACIER_IR"

  validation {
    condition     = contains(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE", "INTELLIGENT_TIERING"], var.archive_class)
    error_message = "archive_class must be GLACIER_IR, GLACIER, DEEP_ARCHIVE or INTELLIGENT_TIERING."
  }
}

variable "noncurrent_days" {
  description = "Days that an overwritten or deleted version is kept in a versioned bucket."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1
    error_message = "noncurrent_days must be at least 1."
  }
}

variable "replication" {
  description = "Bucket in another region, and its KMS key, that takes a copy of replicated_bucket; null for none."
  type = object({
    region_bucket_arn = string
    kms_key_arn       = string
  })
  default = null
}

variable "replicated_bucket" {
  description = "Key of the versioned bucket that is replicated. One only: in one destination the keys of two would collide."
  type        = string
  default     = "backups"

  validation {
    condition     = var.replication == null || contains(concat(keys(var.buckets), ["logs"]), var.replicated_bucket)
    error_message = "replicated_bucket must be a key of buckets."
  }
  validation {
    condition     = var.replication == null || try(merge(var.buckets, { logs = var.logs })[var.replicated_bucket].versioning, true)
    error_message = "replicated_bucket must be versioned."
  }
}

variable "object_lock_days" {
  description = "Days in which a new object of a bucket cannot be deleted, by bucket key. Can be switched on only when the bucket is made."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for days in values(var.object_lock_days) : days >= 1])
    error_message = "object_lock_days must be at least 1."
  }
  validation {
    condition     = alltrue([for key in keys(var.object_lock_days) : try(var.buckets[key].versioning, false)])
    error_message = "object_lock_days: a bucket must be versioned, and not the one that takes access logs."
  }
}

variable "object_lock_mode" {
  description = "GOVERNANCE lets principals with s3:BypassGovernanceRetention delete; COMPLIANCE lets nobody, not even the account."
  type        = string
  default     = "GOVERNANCE"

  validation {
    condition     = contains(["GOVERNANCE", "COMPLIANCE"], var.object_lock_mode)
    error_message = "object_lock_mode must be GOVERNANCE or COMPLIANCE."
  }
}

variable "repositories" {
  description = "Image repositories; each is named after the platform and itself."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for repository in var.repositories : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", repository))])
    error_message = "repositories must be names of a-z and 0-9, divided by single ., _, / or -."
  }
}

variable "puller_account_ids" {
  description = "Other accounts that may pull the images, because they are promoted to them; there, IAM policies say who."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.puller_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "puller_account_ids must be accounts of twelve digits, without a wildcard."
  }
}

variable "keep_images" {
  description = "Images that a repository keeps; older ones go."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_images >= 1
    error_message = "keep_images must be at least 1."
  }
}

variable "force_destroy" {
  description = "Let a destroy delete buckets with objects and repositories with images."
  type        = bool
  default     = false
}
