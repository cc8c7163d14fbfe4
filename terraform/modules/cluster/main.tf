# The control plane, who may use it and its add-ons. Nodes are in nodes.tf, roles in iam.tf.

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  # Nodes stay NotReady until these run, so they are there before the first node joins.
  addons_before_nodes = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]

  # VPC CNI ignores NetworkPolicy objects unless it is told to enforce them.
  addon_configuration = {
    vpc-cni = jsonencode({ enableNetworkPolicy = "true" })
  }

  # AmazonEKSViewPolicy leaves secrets out; AmazonEKSAdminViewPolicy would show them. What more a
  # group may do is said in the cluster.
  access = merge(
    { for label, arn in var.admin_principal_arns : "admin/${label}" => { principal = arn, policy = "AmazonEKSClusterAdminPolicy", group = "administrator" } },
    { for label, arn in var.operator_principal_arns : "operator/${label}" => { principal = arn, policy = "AmazonEKSViewPolicy", group = "operator" } },
    { for label, arn in var.viewer_principal_arns : "viewer/${label}" => { principal = arn, policy = "AmazonEKSViewPolicy", group = "viewer" } },
  )
}

# Made before the cluster: EKS would otherwise make it without key and without end.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/eks/${var.name}/cluster"
  kms_key_id        = var.log_kms_key_arn
  retention_in_days = var.log_retention_days

  tags = merge(var.tags, { Name = "/aws/eks/${var.name}/cluster" })
}

resource "aws_eks_cluster" "this" {
  name     = var.name
  version  = var.kubernetes_version
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # The add-ons below replace the unmanaged copies that EKS would install.
  bootstrap_self_managed_addons = false

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.secrets_kms_key_arn
    }
  }

  kubernetes_network_config {
    service_ipv4_cidr = var.service_cidr
  }

  upgrade_policy {
    # EXTENDED would bill six times the price of a cluster whose version nobody upgraded.
    support_type = "STANDARD"
  }

  vpc_config {
    subnet_ids              = var.subnet_ids
    security_group_ids      = var.control_plane_security_group_ids
    endpoint_private_access = true
    endpoint_public_access  = var.endpoint == "public"
    public_access_cidrs     = var.endpoint == "public" ? var.public_access_cidrs : null
  }

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    precondition {
      condition     = var.endpoint == "private" || length(var.public_access_cidrs) > 0
      error_message = "public_access_cidrs must name the networks that may reach a public endpoint."
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy.cluster_secrets,
    aws_iam_role_policy_attachment.cluster,
  ]
}

resource "aws_eks_access_entry" "this" {
  for_each = local.access

  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = each.value.principal
  kubernetes_groups = ["${var.group_prefix}:${each.value.group}"]
  type              = "STANDARD"

  tags = merge(var.tags, { Name = "${var.name}-${replace(each.key, "/", "-")}" })
}

resource "aws_eks_access_policy_association" "this" {
  for_each = local.access

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.this[each.key].principal_arn
  policy_arn    = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/${each.value.policy}"

  access_scope {
    type = "cluster"
  }
}

# Associations come before the add-ons, so that the first pod already has its credentials.
resource "aws_eks_pod_identity_association" "addon" {
  for_each = local.addon_identities

  cluster_name    = aws_eks_cluster.this.name
  namespace       = "kube-system"
  service_account = each.value.service_account
  role_arn        = aws_iam_role.addon[each.key].arn

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [aws_iam_role_policy_attachment.addon]
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = var.pod_identities

  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = each.value.role_arn

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_eks_addon" "before_nodes" {
  for_each = { for name, addon in var.addons : name => addon if contains(local.addons_before_nodes, name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  configuration_values        = lookup(local.addon_configuration, each.key, null)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [aws_eks_pod_identity_association.addon]
}

# These run as ordinary pods: without a node they would never become active.
resource "aws_eks_addon" "after_nodes" {
  for_each = { for name, addon in var.addons : name => addon if !contains(local.addons_before_nodes, name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [
    aws_eks_node_group.this,
    aws_eks_pod_identity_association.addon,
  ]
}
