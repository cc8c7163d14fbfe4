# Route 53 takes the query log's group and the signing key in us-east-1 only.

locals {
  global_region = local.region == "us-east-1"
  logged_zones  = toset(coalesce(var.query_logging, local.global_region) ? local.zones : [])
  signed_zones  = toset(coalesce(var.dnssec, local.global_region) ? local.zones : [])
}

resource "aws_cloudwatch_log_group" "queries" {
  for_each = local.logged_zones

  name              = "/aws/route53/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = merge(var.tags, { Name = "${var.name}-dns-queries" })

  lifecycle {
    precondition {
      condition     = local.global_region
      error_message = "query_logging works in us-east-1 only; leave it null or false in another region."
    }
  }
}

resource "aws_cloudwatch_log_resource_policy" "queries" {
  for_each = local.logged_zones

  policy_name = "${var.name}-dns-queries"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "route53.amazonaws.com" }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "${aws_cloudwatch_log_group.queries[each.key].arn}:*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = aws_route53_zone.this[each.key].arn }
      }
    }]
  })
}

resource "aws_route53_query_log" "this" {
  for_each = local.logged_zones

  zone_id                  = aws_route53_zone.this[each.key].zone_id
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.queries[each.key].arn

  depends_on = [aws_cloudwatch_log_resource_policy.queries]
}

resource "aws_kms_key" "dnssec" {
  for_each = local.signed_zones

  description              = "Signs the DNS zone ${each.key}."
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 30

  # kms:* on "*" is the account's own right to administer this key; a key policy names no other resource.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Sign"
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:route53:::hostedzone/*" }
        }
      },
      {
        Sid       = "Grant"
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  })

  tags = merge(var.tags, { Name = "${var.name}-dnssec" })

  lifecycle {
    precondition {
      condition     = local.global_region
      error_message = "dnssec works in us-east-1 only; leave it null or false in another region."
    }
  }
}

resource "aws_kms_alias" "dnssec" {
  for_each = local.signed_zones

  name          = "alias/${var.name}-dnssec"
  target_key_id = aws_kms_key.dnssec[each.key].key_id
}

resource "aws_route53_key_signing_key" "this" {
  for_each = local.signed_zones

  name                       = replace(var.name, "-", "_")
  hosted_zone_id             = aws_route53_zone.this[each.key].zone_id
  key_management_service_arn = aws_kms_key.dnssec[each.key].arn
}

resource "aws_route53_hosted_zone_dnssec" "this" {
  for_each = aws_route53_key_signing_key.this

  hosted_zone_id = each.value.hosted_zone_id
}
