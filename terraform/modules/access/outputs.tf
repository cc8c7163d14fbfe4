output "endpoint_id" {
  description = "ID of the client VPN endpoint, by which its client configuration is exported."
  value       = aws_ec2_client_vpn_endpoint.this.id
}

output "dns_name" {
  description = "Name that clients connect to; the asterisk stands for any label of the client's choice."
  value       = aws_ec2_client_vpn_endpoint.this.dns_name
}

output "log_group_name" {
  description = "Name of the connection log's log group."
  value       = aws_cloudwatch_log_group.connections.name
}
