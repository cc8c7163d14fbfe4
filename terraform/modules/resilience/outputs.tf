output "template_ids" {
  description = "Experiment templates: zone-loss-<zone> and database-failover to id."
  value = merge(
    { for zone, template in aws_fis_experiment_template.zone_loss : "zone-loss-${zone}" => template.id },
    { for template in aws_fis_experiment_template.database_failover : "database-failover" => template.id },
  )
}

output "role_arn" {
  description = "Role of the experiments."
  value       = aws_iam_role.this.arn
}

output "log_group_name" {
  description = "Log group of the experiments."
  value       = aws_cloudwatch_log_group.this.name
}
