variable "tags" {
  description = "Tags of every resource that can carry them."
  type        = map(string)
  default     = {}
}

variable "buckets" {
  description = "Buckets by key: what each is called, and how it keeps objects. Without encryption S3 uses keys of its own, as a bucket of access logs must. After archive_days objects move to archive_class, after expire_days they go, where aging_prefix is null or begins their names; null keeps them where they are."
  type = map(object({
    name            = string
    encryption      = optional(object({ kms_key_arn = string }))
    versioning      = optional(bool, true)
    noncurrent_days = optional(number, 30)
    archive_days    = optional(number)
    archive_class   = optional(string, "GLACIER_IR")
    expire_days     = optional(number)
    aging_prefix    = optional(string)
    object_lock     = optional(object({ mode = string, days = number }))
    force_destroy   = optional(bool, false)
  }))

  validation {
    condition     = alltrue([for bucket in var.buckets : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", bucket.name))])
    error_message = "each name must be 3 to 63 lower-case letters, digits and hyphens"
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      bucket.noncurrent_days >= 1 && coalesce(bucket.archive_days, 1) >= 1 && coalesce(bucket.expire_days, 1) >= 1
    ])
    error_message = "noncurrent_days, archive_days and expire_days must be at least 1; the last two may be null"
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      bucket.archive_days == null || bucket.expire_days == null ? true : bucket.archive_days < bucket.expire_days
    ])
    error_message = "archive_days must be less than expire_days"
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      contains(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE", "INTELLIGENT_TIERING"], bucket.archive_class)
    ])
    error_message = "archive_class must be GLACIER_IR, GLACIER, DEEP_ARCHIVE or INTELLIGENT_TIERING"
  }
  validation {
    condition = alltrue([for bucket in var.buckets :
      bucket.object_lock == null ? true : bucket.versioning && bucket.object_lock.days >= 1 && contains(["GOVERNANCE", "COMPLIANCE"], bucket.object_lock.mode)
    ])
    error_message = "object_lock is for a versioned bucket: GOVERNANCE or COMPLIANCE, and 1 day at least"
  }
}

variable "statements" {
  description = "What a bucket's policy lets others do, by the bucket's key: statements as JSON, beside those that refuse plain HTTP and old TLS. A variable of its own, so that a bucket does not wait for those it admits."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.statements), keys(var.buckets))) == 0
    error_message = "each key must be one of buckets"
  }
}

variable "access_logs" {
  description = "Where a bucket's access logs go, by the bucket's key. A variable of its own, so that two buckets can name each other."
  type        = map(object({ bucket = string, prefix = string }))
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.access_logs), keys(var.buckets))) == 0
    error_message = "each key must be one of buckets"
  }
}

variable "replication" {
  description = "Second bucket, in another region or account, that takes a copy, by the bucket's key; its KMS key, and how the role is called that writes it."
  type        = map(object({ bucket_arn = string, kms_key_arn = string, role_name = string }))
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.replication) : try(var.buckets[key].versioning, false)])
    error_message = "each key must be one of buckets, and that bucket versioned"
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles that copy; null for none."
  type        = string
  default     = null
}
