# A role for each controller of a cluster that calls AWS, and what each of them may do. The load
# balancer controller's rights are in load_balancer.tf. Roles are taken by EKS pod identity.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  # Namespace and service account of each; null takes one out.
  accounts = { for controller, account in {
    aws-load-balancer-controller = var.load_balancer_controller
    external-dns                 = var.external_dns
    external-secrets             = var.external_secrets
  } : controller => account if account != null }

  statements = {
    aws-load-balancer-controller = local.load_balancer_statements
    external-dns                 = local.dns_statements
    external-secrets             = local.secret_statements
  }

  # The last six characters of an ARN are AWS's, so a secret is named by what comes before.
  secret_statements = concat(
    [{
      Sid      = "ReadSecretsOfThePlatform"
      Effect   = "Allow"
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
      Resource = concat(["arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:${var.secret_prefix}*"], var.secret_arns)
    }],
    length(var.secret_kms_key_arns) == 0 ? [] : [{
      Sid       = "DecryptThemThroughSecretsManager"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = var.secret_kms_key_arns
      Condition = { StringEquals = { "kms:ViaService" = ["secretsmanager.${local.region}.amazonaws.com"] } }
    }],
  )

  dns_statements = concat(
    [{
      # Listing knows no resources, so none can be named.
      Sid      = "FindZones"
      Effect   = "Allow"
      Action   = ["route53:ListHostedZones", "route53:ListHostedZonesByName"]
      Resource = ["*"]
    }],
    [{
      Sid      = "ChangeRecordsOfThisZone"
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", "route53:ListTagsForResource"]
      Resource = ["arn:${local.partition}:route53:::hostedzone/${coalesce(var.zone_id, "none")}"]
    }],
  )
}

resource "aws_iam_role" "this" {
  for_each = local.accounts

  name                 = "${var.name}-${each.key}"
  description          = "Pods of ${each.value.namespace}/${each.value.service_account}, by EKS pod identity"
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600

  # EKS passes these as session tags, so a role fits one service account of this cluster only.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:SourceAccount"                         = local.account
          "aws:RequestTag/eks-cluster-name"           = var.cluster_name
          "aws:RequestTag/kubernetes-namespace"       = each.value.namespace
          "aws:RequestTag/kubernetes-service-account" = each.value.service_account
        }
      }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-${each.key}", Service = each.key })

  lifecycle {
    precondition {
      condition     = each.key != "external-dns" || var.zone_id != null
      error_message = "external_dns needs zone_id, the zone whose records it changes."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = local.accounts

  name   = "what-it-calls"
  role   = aws_iam_role.this[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })
}
