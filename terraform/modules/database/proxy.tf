# RDS Proxy before the instance, and the role by which it reads the master secret.

data "aws_region" "current" {}

locals {
  proxies = toset(var.proxy ? ["this"] : [])

  master_secret_arn = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "proxy" {
  for_each = local.proxies

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [local.master_secret_arn]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${data.aws_region.current.name}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  for_each = local.proxies

  name               = "${var.name}-database-proxy"
  description        = "RDS Proxy of ${var.name} reads its master secret"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json

  tags = merge(var.tags, { Name = "${var.name}-database-proxy" })
}

resource "aws_iam_role_policy" "proxy" {
  for_each = local.proxies

  name   = "secret"
  role   = aws_iam_role.proxy[each.key].id
  policy = data.aws_iam_policy_document.proxy[each.key].json
}

resource "aws_cloudwatch_log_group" "proxy" {
  for_each = local.proxies

  name              = "/aws/rds/proxy/${var.name}"
  kms_key_id        = var.log_kms_key_arn
  retention_in_days = var.log_retention_days

  tags = merge(var.tags, { Name = "/aws/rds/proxy/${var.name}" })
}

resource "aws_db_proxy" "this" {
  for_each = local.proxies

  name                   = var.name
  engine_family          = "POSTGRESQL"
  require_tls            = true
  idle_client_timeout    = 1800
  role_arn               = aws_iam_role.proxy[each.key].arn
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = var.proxy_security_group_ids

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = local.master_secret_arn
  }

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    precondition {
      condition     = length(var.proxy_security_group_ids) > 0
      error_message = "proxy_security_group_ids must name at least one group for the proxy."
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.proxy,
    aws_iam_role_policy.proxy,
  ]
}

resource "aws_db_proxy_default_target_group" "this" {
  for_each = local.proxies

  db_proxy_name = aws_db_proxy.this[each.key].name

  connection_pool_config {
    connection_borrow_timeout    = 120
    max_connections_percent      = 90
    max_idle_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "this" {
  for_each = local.proxies

  db_proxy_name          = aws_db_proxy.this[each.key].name
  target_group_name      = aws_db_proxy_default_target_group.this[each.key].name
  db_instance_identifier = aws_db_instance.this.identifier
}
