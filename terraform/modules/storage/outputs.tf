output "bucket_names" {
  description = "Names of the buckets by key; told once their policies stand, as S3 refuses to log before."
  value       = module.buckets.names
}

output "bucket_arns" {
  description = "ARNs of the buckets by key."
  value       = module.buckets.arns
}

output "repository_urls" {
  description = "Addresses of the image repositories by name."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.repository_url }
}

output "repository_arns" {
  description = "ARNs of the image repositories by name."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.arn }
}
