data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  account_id = data.aws_caller_identity.this.account_id
  partition  = data.aws_partition.this.partition
  region     = data.aws_region.this.name

  zones   = toset(var.create_zone ? [var.domain] : [])
  zone_id = var.create_zone ? aws_route53_zone.this[var.domain].zone_id : var.zone_id

  names = var.wildcard ? concat(["*.${var.domain}"], var.alternative_names) : var.alternative_names

  # A name and its wildcard are proved by the same record.
  proofs = toset([for name in concat([var.domain], local.names) : trimprefix(name, "*.")])
}

resource "aws_route53_zone" "this" {
  for_each = local.zones

  name          = each.key
  comment       = "Public names of ${var.name}"
  force_destroy = var.force_destroy

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_route53_record" "certificate_authorities" {
  for_each = toset(length(var.certificate_authorities) > 0 ? local.zones : [])

  zone_id = local.zone_id
  name    = each.key
  type    = "CAA"
  ttl     = 3600
  records = [for authority in var.certificate_authorities : "0 issue \"${authority}\""]
}

resource "aws_acm_certificate" "this" {
  domain_name               = var.domain
  subject_alternative_names = local.names
  validation_method         = "DNS"

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = var.create_zone || var.zone_id != null
      error_message = "zone_id must name an existing zone when create_zone is false."
    }

    precondition {
      condition     = alltrue([for name in var.alternative_names : endswith(name, ".${var.domain}")])
      error_message = "alternative_names must be below domain: others cannot be proved in its zone."
    }
  }
}

resource "aws_route53_record" "proof" {
  for_each = local.proofs

  zone_id = local.zone_id
  name    = local.proof_of[each.key].resource_record_name
  type    = local.proof_of[each.key].resource_record_type
  ttl     = 60
  records = [local.proof_of[each.key].resource_record_value]

  # The record of a certificate made before this one, in another region or environment, is the same.
  allow_overwrite = true
}

locals {
  proof_of = {
    for name in local.proofs : name => [
      for option in aws_acm_certificate.this.domain_validation_options : option
      if trimprefix(option.domain_name, "*.") == name
    ][0]
  }
}

# Waits until the certificate is issued, which takes a delegated zone.
resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}
