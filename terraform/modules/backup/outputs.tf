output "vault_arn" {
  description = "The vault."
  value       = aws_backup_vault.this.arn
}

output "vault_name" {
  description = "The vault's name."
  value       = aws_backup_vault.this.name
}

output "plan_id" {
  description = "The backup plan."
  value       = aws_backup_plan.this.id
}

output "restore_testing_plan_arn" {
  description = "The plan of the tried restores; null when there is none."
  value       = one(aws_backup_restore_testing_plan.this[*].arn)
}
