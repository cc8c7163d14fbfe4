data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  issuer       = "token.actions.githubusercontent.com"
  provider_arn = "arn:${local.partition}:iam::${local.account}:oidc-provider/${local.issuer}"

  # What GitHub writes into the token's subject, whole: a part of it, or a wildcard, would admit others.
  subjects = {
    push        = "repo:${var.repository}:ref:refs/heads/${var.branch}"
    plan        = "repo:${var.repository}:pull_request"
    environment = "repo:${var.repository}:environment:${var.environment}"
  }

  trust = {
    for role, subject in local.subjects : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = local.provider_arn }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = subject }
        }
      }]
    })
  }
}

# Without thumbprints: AWS checks GitHub's certificate against its own list of authorities.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]

  tags = merge(var.tags, { Name = "${var.name}-github" })
}

resource "aws_iam_role" "push" {
  name                 = "${var.name}-push"
  description          = "Workflows on ${var.branch} of ${var.repository} push images"
  assume_role_policy   = local.trust["push"]
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600

  tags = merge(var.tags, { Name = "${var.name}-push" })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy" "push" {
  count = length(var.repository_arns) == 0 ? 0 : 1

  name = "push-images"
  role = aws_iam_role.push.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # A login is for the whole registry; AWS knows no resource for it.
      {
        Sid      = "LogIn"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "PushAndReadBack"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = var.repository_arns
      },
    ]
  })
}

resource "aws_iam_role" "plan" {
  name                 = "${var.name}-plan"
  description          = "Pull requests of ${var.repository} plan, and change nothing"
  assume_role_policy   = local.trust["plan"]
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600

  tags = merge(var.tags, { Name = "${var.name}-plan" })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each = var.plan_policies

  role       = aws_iam_role.plan.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.key}"
}

# A plan draws values of new secrets and throws them away. It reads none: plan with -refresh=false.
resource "aws_iam_role_policy" "plan_draws" {
  name = "draw-values"
  role = aws_iam_role.plan.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "DrawRandomValues"
      Effect = "Allow"
      Action = "secretsmanager:GetRandomPassword"
      # What is drawn belongs to nothing, so no resource can be named.
      Resource = "*"
    }]
  })
}

# Also of a bucket that was made elsewhere, once it is named.
resource "aws_iam_role_policy" "plan" {
  count = var.state_bucket || var.state_bucket_name != null ? 1 : 0

  name = "read-state"
  role = aws_iam_role.plan.id

  # States lie below keys that the roots choose: all of this one bucket, for reading. Nothing here
  # may take the lock, so plan with -lock=false.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ListStates"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = local.bucket_arn
      },
      {
        Sid      = "ReadStates"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${local.bucket_arn}/*"
      },
      {
        Sid       = "DecryptStates"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ]
  })
}
