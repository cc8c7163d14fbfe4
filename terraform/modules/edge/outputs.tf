output "certificate_arn" {
  description = "ARN of the certificate, once it is issued."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "zone_id" {
  description = "ID of the Route 53 zone that holds the domain."
  value       = local.zone_id
}

output "name_servers" {
  description = "Name servers to enter at the parent domain; empty when the zone was not made here."
  value       = flatten([for zone in aws_route53_zone.this : zone.name_servers])
}

output "ds_record" {
  description = "DS record to enter at the parent domain once the zone is delegated; null when it is not signed here."
  value       = one([for key in aws_route53_key_signing_key.this : key.ds_record])
}

output "web_acl_arn" {
  description = "ARN of the web ACL, for the load balancer to name."
  value       = aws_wafv2_web_acl.this.arn
}

output "web_acl_name" {
  description = "Name of the web ACL, by which its metrics are found."
  value       = aws_wafv2_web_acl.this.name
}
