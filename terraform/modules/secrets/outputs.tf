output "arns" {
  description = "ARNs of the secrets by their names in secrets."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "names" {
  description = "Names of the secrets in the account, by their names in secrets."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.name }
}

output "prefix" {
  description = "What the names of all of them begin with."
  value       = "${var.name}/"
}
