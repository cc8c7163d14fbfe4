# Roles of the control plane, the nodes, the add-ons and the cluster autoscaler.

locals {
  managed_policy_prefix = "arn:${data.aws_partition.current.partition}:iam::aws:policy"

  # AmazonEKSWorkerNodeMinimalPolicy does not suffice: nodeadm, which starts an Amazon Linux 2023
  # node, asks ec2:DescribeInstances for the node's name. Images are only pulled, never pushed, and
  # from all repositories: promoted ones stay in those of the environment that built them, perhaps
  # in another account, and EKS keeps its add-ons' images in accounts of its own.
  node_policies = merge(
    {
      worker = "AmazonEKSWorkerNodePolicy"
      images = "AmazonEC2ContainerRegistryPullOnly"
    },
    var.node_session_manager ? { sessions = "AmazonSSMManagedInstanceCore" } : {},
  )

  addon_identities = {
    for name, identity in {
      vpc-cni            = { service_account = "aws-node", policy = "AmazonEKS_CNI_Policy" }
      aws-ebs-csi-driver = { service_account = "ebs-csi-controller-sa", policy = "service-role/AmazonEBSCSIDriverPolicy" }
    } : name => identity if contains(keys(var.addons), name)
  }

  # In the words of the session tags that pod identity sends.
  pod_accounts = merge(
    { for name, identity in local.addon_identities : name => { kubernetes-namespace = "kube-system", kubernetes-service-account = identity.service_account } },
    var.autoscaler == null ? {} : { autoscaler = { kubernetes-namespace = var.autoscaler.namespace, kubernetes-service-account = var.autoscaler.service_account } },
  )
}

data "aws_iam_policy_document" "cluster_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# A role can be assumed for the one service account of this cluster that it is meant for.
data "aws_iam_policy_document" "pod_trust" {
  for_each = local.pod_accounts

  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    dynamic "condition" {
      for_each = merge(each.value, { eks-cluster-name = var.name })

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "cluster" {
  name               = "${var.name}-cluster"
  description        = "Control plane of cluster ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.cluster_trust.json

  tags = merge(var.tags, { Name = "${var.name}-cluster" })
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "${local.managed_policy_prefix}/AmazonEKSClusterPolicy"
}

data "aws_iam_policy_document" "cluster_secrets" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"]
    resources = [var.secrets_kms_key_arn]
  }
}

resource "aws_iam_role_policy" "cluster_secrets" {
  name   = "secrets"
  role   = aws_iam_role.cluster.id
  policy = data.aws_iam_policy_document.cluster_secrets.json
}

resource "aws_iam_role" "node" {
  name               = "${var.name}-node"
  description        = "Nodes of cluster ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json

  tags = merge(var.tags, { Name = "${var.name}-node" })
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = local.node_policies

  role       = aws_iam_role.node.name
  policy_arn = "${local.managed_policy_prefix}/${each.value}"
}

resource "aws_iam_role" "addon" {
  for_each = local.addon_identities

  name               = "${var.name}-${each.key}"
  description        = "Add-on ${each.key} of cluster ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.pod_trust[each.key].json

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = local.addon_identities

  role       = aws_iam_role.addon[each.key].name
  policy_arn = "${local.managed_policy_prefix}/${each.value.policy}"
}

data "aws_iam_policy_document" "volumes" {
  for_each = toset(var.volume_kms_key_arn != null && contains(keys(local.addon_identities), "aws-ebs-csi-driver") ? ["this"] : [])

  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = [var.volume_kms_key_arn]
  }

  statement {
    actions   = ["kms:CreateGrant"]
    resources = [var.volume_kms_key_arn]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "volumes" {
  for_each = data.aws_iam_policy_document.volumes

  name   = "volumes"
  role   = aws_iam_role.addon["aws-ebs-csi-driver"].id
  policy = each.value.json
}

data "aws_iam_policy_document" "autoscaler" {
  # Describe calls know no resources, so none can be named.
  statement {
    actions = [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "autoscaling:DescribeTags",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ]
    resources = ["*"]
  }

  statement {
    actions   = ["eks:DescribeNodegroup"]
    resources = ["arn:${data.aws_partition.current.partition}:eks:*:${data.aws_caller_identity.current.account_id}:nodegroup/${var.name}/*"]
  }

  # EKS chooses the names of the groups, so the tag says which ones are this cluster's.
  statement {
    actions   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/k8s.io/cluster-autoscaler/${var.name}"
      values   = ["owned"]
    }
  }
}

resource "aws_iam_role" "autoscaler" {
  for_each = toset(var.autoscaler == null ? [] : ["this"])

  name               = "${var.name}-cluster-autoscaler"
  description        = "Autoscaler of cluster ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.pod_trust["autoscaler"].json

  tags = merge(var.tags, { Name = "${var.name}-cluster-autoscaler" })
}

resource "aws_iam_role_policy" "autoscaler" {
  for_each = aws_iam_role.autoscaler

  name   = "autoscaler"
  role   = each.value.id
  policy = data.aws_iam_policy_document.autoscaler.json
}

resource "aws_eks_pod_identity_association" "autoscaler" {
  for_each = aws_iam_role.autoscaler

  cluster_name    = aws_eks_cluster.this.name
  namespace       = var.autoscaler.namespace
  service_account = var.autoscaler.service_account
  role_arn        = each.value.arn

  tags = merge(var.tags, { Name = "${var.name}-cluster-autoscaler" })
}
