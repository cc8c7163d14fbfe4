output "names" {
  description = "Names of the buckets by key; told once their policies stand."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.bucket }

  # S3 refuses to log into a bucket whose policy does not admit it yet, and CloudTrail to write.
  depends_on = [aws_s3_bucket_policy.this]
}

output "arns" {
  description = "ARNs of the buckets by key."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.arn }
}
