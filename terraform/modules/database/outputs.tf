output "identifier" {
  description = "Name of the instance."
  value       = aws_db_instance.this.identifier
}

output "arn" {
  description = "ARN of the instance."
  value       = aws_db_instance.this.arn
}

output "resource_id" {
  description = "Identifier that IAM authentication names (rds-db:connect on dbuser:<this>/<user>)."
  value       = aws_db_instance.this.resource_id
}

output "endpoint" {
  description = "Address of the instance, without the port."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of instance, replicas and proxy."
  value       = aws_db_instance.this.port
}

output "master_secret_arn" {
  description = "Secret that holds the master user's name and password."
  value       = local.master_secret_arn
}

output "replica_endpoints" {
  description = "Addresses of the read replicas, without the port, in the order of their numbers."
  value       = [for number in range(1, var.read_replicas + 1) : aws_db_instance.replica[tostring(number)].address]
}

output "replica_identifiers" {
  description = "Names of the read replicas, in the order of their numbers."
  value       = [for number in range(1, var.read_replicas + 1) : aws_db_instance.replica[tostring(number)].identifier]
}

output "proxy_endpoint" {
  description = "Address of the proxy; null without one."
  value       = one(values(aws_db_proxy.this)[*].endpoint)
}

output "log_group_names" {
  description = "Log groups of instance and replicas."
  value       = [for group in aws_cloudwatch_log_group.this : group.name]
}

output "subnet_group_name" {
  description = "Subnet group of the database; a restored copy belongs into it too."
  value       = aws_db_subnet_group.this.name
}
