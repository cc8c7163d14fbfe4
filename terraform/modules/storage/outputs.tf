output "bucket_names" {
  description = "Names of the buckets by key."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.bucket }

  # S3 refuses to log into a bucket whose policy does not admit it yet.
  depends_on = [aws_s3_bucket_policy.this]
}

output "bucket_arns" {
  description = "ARNs of the buckets by key."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.arn }
}

output "repository_urls" {
  description = "Addresses of the image repositories by name."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.repository_url }
}

output "repository_arns" {
  description = "ARNs of the image repositories by name."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.arn }
}
