locals {
  # Two ranges overlap when they begin alike over the shorter of their prefixes.
  shorter_prefix = min(tonumber(split("/", var.client_cidr)[1]), tonumber(split("/", var.vpc_cidr)[1]))
  overlaps       = cidrhost("${split("/", var.client_cidr)[0]}/${local.shorter_prefix}", 0) == cidrhost("${split("/", var.vpc_cidr)[0]}/${local.shorter_prefix}", 0)
}

resource "aws_cloudwatch_log_group" "connections" {
  name              = "/aws/client-vpn/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = merge(var.tags, { Name = "${var.name}-client-vpn" })
}

resource "aws_cloudwatch_log_stream" "connections" {
  name           = "connections"
  log_group_name = aws_cloudwatch_log_group.connections.name
}

resource "aws_ec2_client_vpn_endpoint" "this" {
  description            = "Way for people into ${var.name}"
  vpc_id                 = var.vpc_id
  client_cidr_block      = var.client_cidr
  security_group_ids     = var.security_group_ids
  server_certificate_arn = var.server_certificate_arn
  transport_protocol     = "udp"
  vpn_port               = 443
  session_timeout_hours  = var.session_hours

  disconnect_on_session_timeout = true

  # Only what is meant for the VPC goes through: the platform is nobody's way to the internet.
  split_tunnel = true

  # The VPC's resolver, so that private names are found.
  dns_servers = [cidrhost(var.vpc_cidr, 2)]

  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = var.client_certificate_arn
  }

  connection_log_options {
    enabled               = true
    cloudwatch_log_group  = aws_cloudwatch_log_group.connections.name
    cloudwatch_log_stream = aws_cloudwatch_log_stream.connections.name
  }

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    precondition {
      condition     = !local.overlaps
      error_message = "client_cidr must not overlap vpc_cidr: answers to clients would not leave the VPC."
    }
  }
}

resource "aws_ec2_client_vpn_network_association" "this" {
  for_each = var.subnet_ids

  client_vpn_endpoint_id = aws_ec2_client_vpn_endpoint.this.id
  subnet_id              = each.value
}

resource "aws_ec2_client_vpn_authorization_rule" "vpc" {
  client_vpn_endpoint_id = aws_ec2_client_vpn_endpoint.this.id
  description            = "The VPC and nothing else"
  target_network_cidr    = var.vpc_cidr
  authorize_all_groups   = true
}
