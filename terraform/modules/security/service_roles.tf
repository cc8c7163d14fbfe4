locals {
  # Lists are the whole right: a service without any gets a role that can do nothing.
  service_statements = {
    for service, asks in var.services : service => concat(
      length(asks.secret_arns) == 0 ? [] : [{
        Sid      = "ReadItsSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        Resource = asks.secret_arns
      }],
      length(asks.bucket_arns) == 0 ? [] : [{
        Sid      = "ListItsBuckets"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = asks.bucket_arns
      }],
      # Objects have no names yet when the role is made: within the named buckets, all of them.
      length(asks.bucket_arns) == 0 ? [] : [{
        Sid    = "UseObjectsOfItsBuckets"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject",
        ]
        Resource = [for arn in asks.bucket_arns : "${arn}/*"]
      }],
      # What the audit record is checked against must outlive whoever takes the service over.
      length(asks.bucket_arns) == 0 ? [] : [{
        Sid      = "NeverRemovesAuditNotes"
        Effect   = "Deny"
        Action   = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        Resource = [for arn in asks.bucket_arns : "${arn}/audit/*"]
      }],
      length(asks.kms_key_arns) == 0 ? [] : [{
        Sid      = "UseItsKeysThroughTheseServices"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = asks.kms_key_arns
        Condition = {
          StringEquals = {
            "kms:ViaService" = [
              "s3.${local.region}.amazonaws.com", "secretsmanager.${local.region}.amazonaws.com",
            ]
          }
        }
      }],
    )
  }

  # EKS passes these as session tags, so a role fits one service account of one namespace only.
  # aws:SourceArn is left out on purpose: for some callers the agent's request does not carry it.
  service_conditions = {
    for service, asks in var.services : service => merge(
      {
        "aws:SourceAccount"                         = local.account
        "aws:RequestTag/kubernetes-namespace"       = asks.namespace
        "aws:RequestTag/kubernetes-service-account" = asks.service_account
      },
      var.cluster_name == null ? {} : { "aws:RequestTag/eks-cluster-name" = var.cluster_name },
    )
  }
}

resource "aws_iam_role" "service" {
  for_each = var.services

  name                 = "${var.name}-${each.key}"
  description          = "Pods of ${each.value.namespace}/${each.value.service_account}, by EKS pod identity"
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = { StringEquals = local.service_conditions[each.key] }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-${each.key}", Service = each.key })
}

resource "aws_iam_role_policy" "service" {
  for_each = { for service, statements in local.service_statements : service => statements if length(statements) > 0 }

  name   = "what-it-calls"
  role   = aws_iam_role.service[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}
