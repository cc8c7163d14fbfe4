output "kms_key_arns" {
  description = "Keys: purpose to ARN."
  value       = { for purpose, key in aws_kms_key.this : purpose => key.arn }
}

output "group_ids" {
  description = "Security groups: name to id."
  value       = { for group, made in aws_security_group.this : group => made.id }
}

output "ingress_rule_ids" {
  description = "Ingress rules: arrow to id."
  value       = { for arrow, rule in aws_vpc_security_group_ingress_rule.this : arrow => rule.security_group_rule_id }
}

output "egress_rule_ids" {
  description = "Egress rules: arrow to id."
  value       = { for arrow, rule in aws_vpc_security_group_egress_rule.this : arrow => rule.security_group_rule_id }
}

output "service_role_arns" {
  description = "Roles for pod identity: service to ARN."
  value       = { for service, role in aws_iam_role.service : service => role.arn }
}

output "guard_bucket" {
  description = "Bucket of CloudTrail and Config; null when neither is on."
  value       = one(values(module.guard_bucket.names))
}

output "trail_arn" {
  description = "The trail; null when it is off."
  value       = one(aws_cloudtrail.this[*].arn)
}

output "detector_id" {
  description = "GuardDuty detector; null when it is off."
  value       = one(aws_guardduty_detector.this[*].id)
}
