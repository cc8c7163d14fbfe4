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

variable "domain" {
  description = "Domain that users come to; the certificate covers it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$", var.domain))
    error_message = "domain must be lower-case labels with dots between, without a dot at the end, such as example.com."
  }
}

variable "create_zone" {
  description = "Makes the domain's Route 53 zone; false uses zone_id."
  type        = bool
  default     = true
}

variable "zone_id" {
  description = "ID of an existing public zone that holds the domain; needed when create_zone is false."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Lets the zone be destroyed with the records that others, such as a DNS controller, wrote into it."
  type        = bool
  default     = false
}

variable "wildcard" {
  description = "Has the certificate cover every name right below the domain; one stolen key then speaks for all of them."
  type        = bool
  default     = false
}

variable "alternative_names" {
  description = "More names of the certificate, each below the domain, such as grafana.example.com."
  type        = list(string)
  default     = []
}

variable "certificate_authorities" {
  description = "Certificate authorities that may issue for the domain (CAA record of a zone made here); empty writes no record."
  type        = list(string)
  default     = ["amazon.com"]
}

variable "query_logging" {
  description = "Logs DNS queries of the zone made here. Null does so where AWS can: in us-east-1."
  type        = bool
  default     = null
}

variable "dnssec" {
  description = "Signs the zone made here. Null does so where AWS can: in us-east-1."
  type        = bool
  default     = null
}

variable "waf_requests_per_5_minutes" {
  description = "Requests that one address may make in five minutes before it is refused with 429."
  type        = number
  default     = 2000

  validation {
    condition     = var.waf_requests_per_5_minutes >= 10 && var.waf_requests_per_5_minutes <= 2000000000
    error_message = "waf_requests_per_5_minutes must be between 10 and 2,000,000,000, which is what AWS WAF takes."
  }
}

variable "waf_anonymous_ip_list" {
  description = "Also refuses addresses of hosting providers, proxies and Tor; may refuse honest clients."
  type        = bool
  default     = false
}

variable "waf_counted_rules" {
  description = "Managed rules that count instead of refuse, by rule group: common, sql-injection, reputation, anonymous."
  type        = map(list(string))
  # The rule refuses bodies over 8 KiB, which uploads have; the gateway limits bodies by route.
  default = { common = ["SizeRestrictions_BODY"] }

  validation {
    condition     = alltrue([for group in keys(var.waf_counted_rules) : contains(["common", "sql-injection", "reputation", "anonymous"], group)])
    error_message = "waf_counted_rules must be named by common, sql-injection, reputation or anonymous."
  }
}

variable "waf_log_all_requests" {
  description = "Logs every request; false logs only those refused or counted."
  type        = bool
  default     = false
}

variable "log_kms_key_arn" {
  description = "KMS key that encrypts the logs; its policy must admit logs.<region>.amazonaws.com."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that logs are kept; one that CloudWatch Logs offers."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one that CloudWatch Logs offers, such as 30, 90, 365 or 731."
  }
}
