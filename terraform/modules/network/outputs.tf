output "vpc_id" {
  description = "ID of the VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Address range of the VPC."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "IDs of the public subnets by zone."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "private_subnet_ids" {
  description = "IDs of the private subnets by zone."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "database_subnet_ids" {
  description = "IDs of the database subnets by zone."
  value       = { for zone, subnet in aws_subnet.database : zone => subnet.id }
}

output "nat_gateway_ids" {
  description = "IDs of the NAT gateways by zone; empty without NAT."
  value       = { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
}

output "nat_public_ips" {
  description = "Addresses that the platform shows to the internet, for others' allow lists."
  value       = [for address in aws_eip.nat : address.public_ip]
}

output "private_route_table_ids" {
  description = "IDs of the private route tables by zone."
  value       = { for zone, table in aws_route_table.private : zone => table.id }
}

output "public_route_table_id" {
  description = "ID of the public subnets' route table."
  value       = aws_route_table.public.id
}

output "database_route_table_id" {
  description = "ID of the database subnets' route table, which has no route out of the VPC."
  value       = aws_route_table.database.id
}

output "default_security_group_id" {
  description = "ID of the VPC's default security group, which has no rule."
  value       = aws_default_security_group.this.id
}

output "flow_log_group_name" {
  description = "Name of the flow logs' log group; null without flow logs."
  value       = one([for group in aws_cloudwatch_log_group.flow : group.name])
}
