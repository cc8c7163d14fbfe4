# Rendered from platform.yaml; changes here are lost.

output "vpc_id" {
  description = "The VPC."
  value       = module.network.vpc_id
}

output "cluster_name" {
  description = "The Kubernetes cluster."
  value       = module.cluster.name
}

output "cluster_access" {
  description = "How to reach it with kubectl."
  value       = "aws eks update-kubeconfig --region us-east-1 --name ${module.cluster.name}"
}

output "database_endpoint" {
  description = "Where PostgreSQL listens."
  value       = module.database.endpoint
}

output "database_replica_endpoints" {
  description = "Where the read replicas of PostgreSQL listen, as an address names several."
  value       = join(",", [for host in module.database.replica_endpoints : "${host}:${module.database.port}"])
}

output "database_secret_arn" {
  description = "The secret that holds its administrator's password."
  value       = module.database.master_secret_arn
}

output "repository_urls" {
  description = "Where images are pushed."
  value       = module.storage.repository_urls
}

output "bucket_names" {
  description = "The buckets."
  value       = module.storage.bucket_names
}

output "logs_bucket_name" {
  description = "The bucket that takes access logs, the load balancer's too."
  value       = module.storage.bucket_names["logs"]
}

output "artifacts_bucket_name" {
  description = "The bucket that keeps files of releases."
  value       = module.storage.bucket_names["artifacts"]
}

output "backups_bucket_name" {
  description = "The bucket that takes copies of the cache."
  value       = module.storage.bucket_names["backups"]
}

output "name_servers" {
  description = "What the domain's registrar must be told."
  value       = module.edge.name_servers
}

output "certificate_arn" {
  description = "The load balancer's certificate."
  value       = module.edge.certificate_arn
}

output "web_acl_arn" {
  description = "The load balancer's firewall."
  value       = module.edge.web_acl_arn
}

output "load_balancer_security_group_id" {
  description = "The load balancer's security group."
  value       = module.security.group_ids["load-balancer"]
}
