output "role_arns" {
  description = "Roles by controller: aws-load-balancer-controller, external-dns, external-secrets."
  value       = { for controller, role in aws_iam_role.this : controller => role.arn }
}

output "pod_identities" {
  description = "Who takes which role, as the cluster module's pod_identities."
  value = {
    for controller, account in local.accounts : controller => {
      namespace       = account.namespace
      service_account = account.service_account
      role_arn        = aws_iam_role.this[controller].arn
    }
  }
}
