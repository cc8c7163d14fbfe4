output "push_role_arn" {
  description = "Role of workflows on the branch: they push images."
  value       = aws_iam_role.push.arn
}

output "plan_role_arn" {
  description = "Role of pull requests: they read."
  value       = aws_iam_role.plan.arn
}

output "apply_role_arn" {
  description = "Role of jobs in the environment that apply Terraform."
  value       = aws_iam_role.apply.arn
}

output "deploy_role_arn" {
  description = "Role of jobs in the environment that deliver."
  value       = aws_iam_role.deploy.arn
}

output "state_bucket_name" {
  description = "Bucket of the state; null when it is made elsewhere."
  value       = one(values(module.state.names))
}

output "oidc_provider_arn" {
  description = "GitHub's identity provider, made here or before."
  value       = local.provider_arn
}
