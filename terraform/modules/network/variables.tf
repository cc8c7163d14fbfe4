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

variable "cidr" {
  description = "Address range of the VPC, IPv4, /16 to /24."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && try(tonumber(split("/", var.cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.cidr)[1]), 99) <= 24
    error_message = "cidr must be an IPv4 range of /16 to /24, such as 10.0.0.0/16."
  }
}

variable "zones" {
  description = "Names of the availability zones, two to six. They are the keys of the subnets: append new ones at the end."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 6 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be two to six different names: EKS and RDS ask for two."
  }
}

variable "public_subnets" {
  description = "Address ranges of the public subnets, one a zone, in the order of zones."
  type        = list(string)

  validation {
    condition     = alltrue([for range in var.public_subnets : can(cidrnetmask(range))])
    error_message = "public_subnets must be IPv4 ranges such as 10.0.48.0/24."
  }
}

variable "private_subnets" {
  description = "Address ranges of the private subnets, one a zone, in the order of zones."
  type        = list(string)

  validation {
    condition     = alltrue([for range in var.private_subnets : can(cidrnetmask(range))])
    error_message = "private_subnets must be IPv4 ranges such as 10.0.0.0/24."
  }
}

variable "database_subnets" {
  description = "Address ranges of the database subnets, one a zone, in the order of zones."
  type        = list(string)

  validation {
    condition     = alltrue([for range in var.database_subnets : can(cidrnetmask(range))])
    error_message = "database_subnets must be IPv4 ranges such as 10.0.52.0/24."
  }
}

variable "nat" {
  description = "NAT gateways: per-zone survives the loss of a zone, single is cheaper, none leaves private subnets without internet."
  type        = string
  default     = "per-zone"

  validation {
    condition     = contains(["per-zone", "single", "none"], var.nat)
    error_message = "nat must be per-zone, single or none."
  }
}

variable "internet_egress_ports" {
  description = "TCP ports that private subnets may reach on the internet, one to eight; network ACLs refuse the others."
  type        = list(number)
  default     = [443]

  validation {
    condition     = length(var.internet_egress_ports) >= 1 && length(var.internet_egress_ports) <= 8 && alltrue([for port in var.internet_egress_ports : port >= 1 && port <= 65535])
    error_message = "internet_egress_ports must be one to eight ports between 1 and 65535."
  }
}

variable "database_proxy" {
  description = "Lets database subnets reach each other, which an RDS proxy in them needs."
  type        = bool
  default     = false
}

variable "flow_logs" {
  description = "Records accepted and refused traffic of the VPC in CloudWatch Logs."
  type        = bool
  default     = true
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept; one that CloudWatch Logs offers."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.flow_log_retention_days)
    error_message = "flow_log_retention_days must be one that CloudWatch Logs offers, such as 30, 90, 365 or 731."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key that encrypts the flow logs; its policy must admit logs.<region>.amazonaws.com."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "Name of the EKS cluster whose load balancers find their subnets by tag; null writes no cluster tag."
  type        = string
  default     = null
}

variable "interface_endpoints" {
  description = "AWS services reached by a private address in every private subnet; each is charged by zone and hour."
  type        = list(string)
  default     = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "ec2", "eks-auth"]

  validation {
    condition     = length(distinct(var.interface_endpoints)) == length(var.interface_endpoints) && !contains(var.interface_endpoints, "s3")
    error_message = "interface_endpoints must differ from each other and leave out s3, which has a gateway endpoint."
  }
}

variable "endpoint_security_group_ids" {
  description = "Security groups of the interface endpoints; needed when there are any."
  type        = list(string)
  default     = []
}
