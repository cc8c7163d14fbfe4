locals {
  # Any action on any resource, but only for callers of this account: credentials of another account
  # cannot carry data out through the endpoint. IAM policies decide what each caller may do.
  own_callers = {
    Sid       = "OwnCallers"
    Effect    = "Allow"
    Principal = "*"
    Action    = "*"
    Resource  = "*"
    Condition = { StringEquals = { "aws:PrincipalAccount" = local.account_id } }
  }

  # A web identity has no account until the role is assumed, so the condition above refuses it.
  web_identity = {
    Sid       = "WebIdentity"
    Effect    = "Allow"
    Principal = "*"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Resource  = "arn:${local.partition}:iam::${local.account_id}:role/*"
  }

  # Image layers and the packages of Amazon Linux are read from buckets of AWS, not by our callers.
  aws_buckets = {
    Sid       = "AwsBuckets"
    Effect    = "Allow"
    Principal = "*"
    Action    = "s3:GetObject"
    Resource = [
      "arn:${local.partition}:s3:::prod-${local.region}-starport-layer-bucket/*",
      "arn:${local.partition}:s3:::al2023-repos-${local.region}-de612dc2/*",
    ]
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  policy            = jsonencode({ Version = "2012-10-17", Statement = [local.own_callers, local.aws_buckets] })

  tags = merge(var.tags, { Name = "${var.name}-s3" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(var.interface_endpoints)

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = var.endpoint_security_group_ids
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.own_callers], [for statement in [local.web_identity] : statement if each.key == "sts"])
  })

  tags = merge(var.tags, { Name = "${var.name}-${replace(each.key, ".", "-")}" })

  lifecycle {
    precondition {
      condition     = length(var.endpoint_security_group_ids) > 0
      error_message = "interface_endpoints need endpoint_security_group_ids: the default security group admits nothing."
    }
  }
}
