# The role that applies: the rights of permissions.json, narrowed to what this environment is called.

locals {
  # The file is written for a platform called groundplan in any account.
  named_permissions = replace(file("${path.module}/permissions.json"), "groundplan-", "${var.name}-")
  own_permissions   = replace(local.named_permissions, "arn:aws:iam::*:", "arn:aws:iam::${local.account}:")
  permissions       = jsondecode(replace(local.own_permissions, "arn:aws:", "arn:${local.partition}:"))

  # The bucket of the state may be called anything; a lock is an object that is written and deleted.
  state_permissions = [
    {
      Sid      = "ListStates"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = local.bucket_arn
    },
    {
      Sid      = "KeepStates"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Resource = "${local.bucket_arn}/*"
    },
  ]

  apply_statements = concat(local.permissions.Statement, local.state_permissions)

  # AWS takes 6,144 characters in a policy and ten policies on a role.
  apply_policies = {
    for part in range(ceil(length(local.apply_statements) / 10)) : tostring(part + 1) => jsonencode({
      Version   = "2012-10-17"
      Statement = [for index, statement in local.apply_statements : statement if floor(index / 10) == part]
    })
  }
}

resource "aws_iam_role" "apply" {
  name                 = "${var.name}-apply"
  description          = "Workflows of ${var.repository} in the environment ${var.environment} apply Terraform"
  assume_role_policy   = local.trust["environment"]
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 7200

  tags = merge(var.tags, { Name = "${var.name}-apply" })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_policy" "apply" {
  for_each = local.apply_policies

  name        = "${var.name}-apply-${each.key}"
  description = "What an apply of ${var.name} calls, part ${each.key}"
  policy      = each.value

  tags = merge(var.tags, { Name = "${var.name}-apply-${each.key}" })

  lifecycle {
    precondition {
      condition     = length(each.value) <= 6144
      error_message = "a managed policy must have at most 6,144 characters: put fewer statements into one"
    }
  }
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = local.apply_policies

  role       = aws_iam_role.apply.name
  policy_arn = aws_iam_policy.apply[each.key].arn
}
