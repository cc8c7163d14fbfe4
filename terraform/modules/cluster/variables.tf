variable "name" {
  description = "Name of the cluster; begins the names of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,29}$", var.name))
    error_message = "name must be 2 to 30 characters of a-z, 0-9 and -, beginning with a letter."
  }
}

variable "tags" {
  description = "Tags of every resource, and of the instances, volumes and interfaces of the nodes."
  type        = map(string)
  default     = {}
}

variable "kubernetes_version" {
  description = "Kubernetes minor version, such as 1.36."
  type        = string

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version must be a minor version such as 1.36."
  }
}

variable "endpoint" {
  description = "Where the API server answers: private (in the VPC only) or public (also outside, for public_access_cidrs)."
  type        = string
  default     = "private"

  validation {
    condition     = contains(["private", "public"], var.endpoint)
    error_message = "endpoint must be private or public."
  }
}

variable "public_access_cidrs" {
  description = "Networks that may reach a public endpoint. Needed with endpoint = public, unused otherwise."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.public_access_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "public_access_cidrs must be CIDR blocks, none of them the whole internet."
  }
}

variable "subnet_ids" {
  description = "Private subnets of the control plane's interfaces and of the nodes, in at least two zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets."
  }
}

variable "service_cidr" {
  description = "Addresses of Kubernetes services, apart from those of the VPC; set once in the life of a cluster."
  type        = string
  default     = "172.20.0.0/16"

  validation {
    condition     = can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\..*/(1[2-9]|2[0-4])$", var.service_cidr)) && can(cidrhost(var.service_cidr, 0))
    error_message = "service_cidr must be a private network of /12 to /24."
  }
}

variable "control_plane_security_group_ids" {
  description = "Security groups of the control plane's interfaces, beside the one that EKS makes."
  type        = list(string)
  default     = []
}

variable "node_security_group_ids" {
  description = "Security groups of the nodes."
  type        = list(string)
  default     = []
}

variable "attach_cluster_security_group" {
  description = "Also give nodes the group that EKS makes, by which nodes and control plane reach each other. Off only if node_security_group_ids and control_plane_security_group_ids allow that traffic."
  type        = bool
  default     = true
}

variable "secrets_kms_key_arn" {
  description = "KMS key that encrypts Kubernetes secrets; it can be set once in the life of a cluster."
  type        = string

  validation {
    condition     = startswith(var.secrets_kms_key_arn, "arn:")
    error_message = "secrets_kms_key_arn must be the ARN of a KMS key."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of the control plane's log group; its policy must let CloudWatch Logs use it."
  type        = string

  validation {
    condition     = startswith(var.log_kms_key_arn, "arn:")
    error_message = "log_kms_key_arn must be the ARN of a KMS key."
  }
}

variable "volume_kms_key_arn" {
  description = "KMS key of the nodes' root volumes and of persistent volumes; null for the account's EBS key. Its policy must let the Auto Scaling service role use it."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that control plane logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs offers, such as 30, 90 or 365."
  }
}

variable "node_groups" {
  description = "Managed node groups by name. A group is wholly x86 or wholly ARM; capacity is on-demand or spot."
  type = map(object({
    instance_types = list(string)
    capacity       = string
    min            = number
    desired        = number
    max            = number
  }))

  validation {
    condition     = alltrue([for key in keys(var.node_groups) : can(regex("^[a-z][a-z0-9-]{0,19}$", key))])
    error_message = "node_groups: a name must be 1 to 20 characters of a-z, 0-9 and -, beginning with a letter."
  }
  validation {
    condition     = alltrue([for group in var.node_groups : contains(["on-demand", "spot"], group.capacity)])
    error_message = "node_groups: capacity must be on-demand or spot."
  }
  validation {
    condition     = alltrue([for group in var.node_groups : group.min >= 0 && group.min <= group.desired && group.desired <= group.max && group.max >= 1])
    error_message = "node_groups: sizes must satisfy 0 <= min <= desired <= max, and max must be at least 1."
  }
  validation {
    condition = alltrue([for group in var.node_groups :
      length(distinct([for type in group.instance_types : can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", type))])) == 1
    ])
    error_message = "node_groups: instance_types must name at least one type, all of one architecture (x86 or ARM)."
  }
}

variable "node_volume_gib" {
  description = "Size of a node's root volume, GiB."
  type        = number
  default     = 50

  validation {
    condition     = var.node_volume_gib >= 20 && var.node_volume_gib <= 16384
    error_message = "node_volume_gib must be from 20 to 16384."
  }
}

variable "max_unavailable_percentage" {
  description = "Share of a node group that an update may replace at a time, percent."
  type        = number
  default     = 33

  validation {
    condition     = var.max_unavailable_percentage >= 1 && var.max_unavailable_percentage <= 100
    error_message = "max_unavailable_percentage must be from 1 to 100."
  }
}

variable "node_session_manager" {
  description = "Let operators open a shell on nodes by Session Manager."
  type        = bool
  default     = false
}

variable "admin_principal_arns" {
  description = "IAM principals that administer the cluster, by label. Without one nobody can, not even its creator."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.admin_principal_arns) : can(regex("^arn:[a-z-]+:(iam|sts)::[0-9]{12}:(role|user)/", arn))])
    error_message = "admin_principal_arns must be ARNs of roles or users, not of their sessions."
  }
}

variable "operator_principal_arns" {
  description = "IAM principals that keep the platform running, by label: they read like viewers, and do what the cluster lets their group."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.operator_principal_arns) : can(regex("^arn:[a-z-]+:(iam|sts)::[0-9]{12}:(role|user)/", arn))])
    error_message = "operator_principal_arns must be ARNs of roles or users, not of their sessions."
  }
}

variable "group_prefix" {
  description = "Begins the Kubernetes groups of all principals; :administrator, :operator or :viewer follows."
  type        = string
  default     = "groundplan"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.group_prefix)) && !startswith(var.group_prefix, "system") && !startswith(var.group_prefix, "eks")
    error_message = "group_prefix must be of a-z, 0-9 and -, and begin neither with system nor with eks, which Kubernetes and EKS keep."
  }
}

variable "viewer_principal_arns" {
  description = "IAM principals that may read the cluster, secrets excepted, by label."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.viewer_principal_arns) : can(regex("^arn:[a-z-]+:(iam|sts)::[0-9]{12}:(role|user)/", arn))])
    error_message = "viewer_principal_arns must be ARNs of roles or users, not of their sessions."
  }
}

variable "pod_identities" {
  description = "IAM roles of service accounts, by label."
  type = map(object({
    namespace       = string
    service_account = string
    role_arn        = string
  }))
  default = {}
}

variable "autoscaler" {
  description = "Service account of the cluster autoscaler, which gets a role that may resize only this cluster's groups; null for none."
  type = object({
    namespace       = string
    service_account = string
  })
  default = {
    namespace       = "kube-system"
    service_account = "cluster-autoscaler"
  }
}

variable "addons" {
  description = "EKS add-ons by name; without a version EKS takes its default for the Kubernetes version."
  type = map(object({
    version = optional(string)
  }))
  default = {
    vpc-cni                = {}
    coredns                = {}
    kube-proxy             = {}
    aws-ebs-csi-driver     = {}
    eks-pod-identity-agent = {}
    metrics-server         = {}
  }

  validation {
    condition     = alltrue([for name in ["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent"] : contains(keys(var.addons), name)])
    error_message = "addons must hold vpc-cni, coredns, kube-proxy and eks-pod-identity-agent; nodes do not become ready without them."
  }
}
