mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vpc/groundplan-test/flow-logs" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/groundplan-test-flow-logs" }
  }
}

variables {
  name                        = "groundplan-test"
  tags                        = { environment = "test" }
  cidr                        = "10.0.0.0/16"
  zones                       = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnets              = ["10.0.48.0/24", "10.0.49.0/24", "10.0.50.0/24"]
  private_subnets             = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
  database_subnets            = ["10.0.52.0/24", "10.0.53.0/24", "10.0.54.0/24"]
  cluster_name                = "groundplan-test"
  log_kms_key_arn             = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  endpoint_security_group_ids = ["sg-1"]
}

run "subnets_are_keyed_by_zone" {
  command = plan

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { "us-east-1a" = "10.0.0.0/24", "us-east-1b" = "10.0.1.0/24", "us-east-1c" = "10.0.2.0/24" }
    error_message = "each private range belongs to the zone at its place"
  }

  assert {
    condition     = length(aws_subnet.public) == 3 && length(aws_subnet.database) == 3
    error_message = "each tier has a subnet a zone"
  }

  assert {
    condition     = !anytrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : subnet.map_public_ip_on_launch])
    error_message = "no subnet gives out public addresses"
  }
}

run "kubernetes_finds_its_subnets" {
  command = plan

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.tags["kubernetes.io/role/elb"] == "1" && subnet.tags["kubernetes.io/cluster/groundplan-test"] == "shared"])
    error_message = "public subnets carry the tags of internet-facing load balancers"
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.tags["kubernetes.io/role/internal-elb"] == "1" && subnet.tags["kubernetes.io/cluster/groundplan-test"] == "shared"])
    error_message = "private subnets carry the tags of internal load balancers"
  }

  assert {
    condition     = !anytrue([for subnet in aws_subnet.database : anytrue([for key in keys(subnet.tags) : startswith(key, "kubernetes.io/")])])
    error_message = "load balancers never land in database subnets"
  }
}

run "no_cluster_no_cluster_tag" {
  command = plan

  variables {
    cluster_name = null
  }

  assert {
    condition     = !anytrue([for subnet in aws_subnet.private : anytrue([for key in keys(subnet.tags) : startswith(key, "kubernetes.io/cluster/")])])
    error_message = "without a cluster no subnet names one"
  }
}

run "nat_per_zone" {
  command = plan

  assert {
    condition     = toset(keys(aws_nat_gateway.this)) == toset(var.zones) && length(aws_eip.nat) == 3 && alltrue([for table in aws_route_table.private : length(table.route) == 1])
    error_message = "each zone has its own NAT gateway, address and route"
  }

  assert {
    condition     = local.nat_zone_of == { for zone in var.zones : zone => zone }
    error_message = "each zone leaves by its own NAT gateway"
  }
}

run "nat_single" {
  command = plan

  variables {
    nat = "single"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["us-east-1a"] && length(aws_eip.nat) == 1
    error_message = "the first zone has the only NAT gateway"
  }

  assert {
    condition     = local.nat_zone_of == { for zone in var.zones : zone => "us-east-1a" }
    error_message = "every zone leaves by the only NAT gateway"
  }
}

run "nat_none" {
  command = plan

  variables {
    nat = "none"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_eip.nat) == 0 && alltrue([for table in aws_route_table.private : length(table.route) == 0])
    error_message = "without NAT private subnets have no way to the internet"
  }

  assert {
    condition     = output.nat_public_ips == []
    error_message = "without NAT there is no public address"
  }
}

run "database_acl_admits_only_private_subnets" {
  command = plan

  assert {
    condition     = toset([for row in aws_network_acl.this["database"].ingress : "${row.action} ${row.protocol} ${row.cidr_block} ${row.from_port}-${row.to_port}"]) == toset([for range in var.private_subnets : "allow tcp ${range} 5432-5432"])
    error_message = "databases are reached on 5432 from private subnets and by nothing else"
  }

  assert {
    condition     = toset([for row in aws_network_acl.this["database"].egress : "${row.action} ${row.protocol} ${row.cidr_block} ${row.from_port}-${row.to_port}"]) == toset([for range in var.private_subnets : "allow tcp ${range} 1024-65535"])
    error_message = "databases answer private subnets on ephemeral ports and nothing else"
  }
}

run "database_proxy_reaches_databases" {
  command = plan

  variables {
    database_proxy = true
  }

  assert {
    condition     = length([for row in aws_network_acl.this["database"].ingress : row if contains(var.database_subnets, row.cidr_block)]) == 3 && length([for row in aws_network_acl.this["database"].egress : row if contains(var.database_subnets, row.cidr_block)]) == 3
    error_message = "database subnets reach each other when a proxy is among them"
  }
}

run "private_acl_lets_the_platform_talk" {
  command = plan

  assert {
    condition     = toset([for row in aws_network_acl.this["private"].ingress : row.cidr_block if row.protocol == "-1"]) == toset(var.private_subnets)
    error_message = "private subnets admit each other whole, and nobody else whole"
  }

  assert {
    condition     = toset([for row in aws_network_acl.this["private"].ingress : "${row.from_port}-${row.to_port}" if row.protocol == "tcp" && row.cidr_block == "0.0.0.0/0"]) == toset(["1024-3388", "3390-65535"])
    error_message = "answers come back on ephemeral ports, remote desktop excepted"
  }

  assert {
    condition     = toset([for row in aws_network_acl.this["private"].egress : "${row.protocol} ${row.cidr_block} ${row.from_port}-${row.to_port}"]) == toset(concat([for range in var.private_subnets : "-1 ${range} 0-0"], ["tcp 10.0.0.0/16 1024-65535", "tcp 0.0.0.0/0 443-443"]))
    error_message = "private subnets reach each other, the VPC's high ports and HTTPS"
  }
}

run "public_acl_admits_web_and_answers" {
  command = plan

  assert {
    condition     = toset([for row in aws_network_acl.this["public"].ingress : "${row.from_port}-${row.to_port}" if row.protocol == "tcp" && row.cidr_block == "0.0.0.0/0"]) == toset(["80-80", "443-443", "1024-3388", "3390-65535"])
    error_message = "the internet reaches 80, 443 and ephemeral ports only"
  }

  assert {
    condition     = !anytrue([for row in aws_network_acl.this["public"].ingress : row.protocol == "-1"])
    error_message = "no row admits everything into public subnets"
  }
}

run "internet_egress_ports_open_both_tiers" {
  command = plan

  variables {
    internet_egress_ports = [443, 587]
  }

  assert {
    condition     = length([for row in aws_network_acl.this["private"].egress : row if row.from_port == 587]) == 1 && length([for row in aws_network_acl.this["public"].egress : row if row.from_port == 587]) == 1
    error_message = "a port named for the internet passes the private and the public tier"
  }
}

run "six_zones_stay_within_twenty_rows" {
  command = plan

  variables {
    zones                 = [for letter in ["a", "b", "c", "d", "e", "f"] : "us-east-1${letter}"]
    public_subnets        = [for third in range(48, 54) : "10.0.${third}.0/24"]
    private_subnets       = [for third in range(0, 6) : "10.0.${third}.0/24"]
    database_subnets      = [for third in range(60, 66) : "10.0.${third}.0/24"]
    internet_egress_ports = [25, 53, 80, 123, 443, 465, 587, 853]
    database_proxy        = true
  }

  assert {
    condition     = alltrue([for acl in aws_network_acl.this : length(acl.ingress) <= 20 && length(acl.egress) <= 20])
    error_message = "AWS allows twenty rows a direction"
  }
}

run "defaults_are_adopted_and_empty" {
  command = plan

  assert {
    condition     = length(aws_default_network_acl.this.ingress) == 0 && length(aws_default_network_acl.this.egress) == 0
    error_message = "the default network ACL has no row"
  }

  assert {
    condition     = length(aws_default_route_table.this.route) == 0
    error_message = "the default route table has no route"
  }
}

run "endpoints_are_private_and_only_for_own_callers" {
  command = plan

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 8 && alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.security_group_ids == toset(["sg-1"])])
    error_message = "interface endpoints answer by private names behind the groups given"
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : jsondecode(endpoint.policy).Statement[0].Condition.StringEquals["aws:PrincipalAccount"] == "123456789012"])
    error_message = "interface endpoints refuse callers of other accounts"
  }

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.service_name == "com.amazonaws.us-east-1.s3"
    error_message = "S3 is reached by the free gateway endpoint"
  }
}

run "no_interface_endpoints_leave_s3" {
  command = plan

  variables {
    interface_endpoints         = []
    endpoint_security_group_ids = []
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway"
    error_message = "without interface endpoints the S3 endpoint stays"
  }
}

run "flow_logs_are_encrypted_and_kept_a_year" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.flow["vpc"].kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.flow["vpc"].retention_in_days == 365
    error_message = "flow logs are encrypted with the key given and kept 365 days"
  }

  assert {
    condition     = aws_flow_log.this["vpc"].traffic_type == "ALL"
    error_message = "flow logs record accepted and refused traffic"
  }

  assert {
    condition     = jsondecode(aws_iam_role.flow["vpc"].assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "only this account's flow logs may take the role"
  }
}

run "flow_logs_off" {
  command = plan

  variables {
    flow_logs = false
  }

  assert {
    condition     = length(aws_flow_log.this) + length(aws_cloudwatch_log_group.flow) + length(aws_iam_role.flow) + length(aws_iam_role_policy.flow) == 0
    error_message = "switched off, flow logs leave nothing behind"
  }

  assert {
    condition     = output.flow_log_group_name == null
    error_message = "without flow logs there is no log group to name"
  }
}

run "everything_taggable_is_tagged" {
  command = plan

  assert {
    condition = alltrue([
      for tags in concat(
        [aws_vpc.this.tags, aws_default_security_group.this.tags, aws_default_network_acl.this.tags, aws_default_route_table.this.tags],
        [aws_internet_gateway.this.tags, aws_route_table.public.tags, aws_route_table.database.tags, aws_vpc_endpoint.s3.tags],
        values(aws_network_acl.this)[*].tags,
        [for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : subnet.tags],
        [for gateway in aws_nat_gateway.this : gateway.tags],
        [for address in aws_eip.nat : address.tags],
        [for table in aws_route_table.private : table.tags],
        [for endpoint in aws_vpc_endpoint.interface : endpoint.tags],
        [aws_flow_log.this["vpc"].tags, aws_iam_role.flow["vpc"].tags, aws_cloudwatch_log_group.flow["vpc"].tags],
      ) : tags["environment"] == "test" && startswith(tags["Name"], "groundplan-test")
    ])
    error_message = "every resource carries the tags given and a Name"
  }
}

run "refuses_a_name_that_resources_cannot_bear" {
  command = plan

  variables {
    name = "Ground Plan"
  }

  expect_failures = [var.name]
}

run "refuses_a_range_too_wide" {
  command = plan

  variables {
    cidr = "10.0.0.0/8"
  }

  expect_failures = [var.cidr]
}

run "refuses_one_zone" {
  command = plan

  variables {
    zones = ["us-east-1a"]
  }

  expect_failures = [var.zones]
}

run "refuses_a_tier_that_misses_a_zone" {
  command = plan

  variables {
    private_subnets = ["10.0.0.0/24", "10.0.1.0/24"]
  }

  expect_failures = [aws_vpc.this]
}

run "refuses_ranges_that_are_none" {
  command = plan

  variables {
    public_subnets   = ["10.0.48.0/24", "10.0.49.0/24", "public"]
    private_subnets  = ["10.0.0.0/24", "10.0.1.0/24", "private"]
    database_subnets = ["10.0.52.0/24", "10.0.53.0/24", "database"]
  }

  expect_failures = [var.public_subnets, var.private_subnets, var.database_subnets]
}

run "refuses_an_unknown_nat" {
  command = plan

  variables {
    nat = "instance"
  }

  expect_failures = [var.nat]
}

run "refuses_a_port_that_is_none" {
  command = plan

  variables {
    internet_egress_ports = [0]
  }

  expect_failures = [var.internet_egress_ports]
}

run "refuses_a_retention_not_offered" {
  command = plan

  variables {
    flow_log_retention_days = 100
  }

  expect_failures = [var.flow_log_retention_days]
}

run "refuses_s3_as_an_interface" {
  command = plan

  variables {
    interface_endpoints = ["s3"]
  }

  expect_failures = [var.interface_endpoints]
}

run "refuses_endpoints_without_a_security_group" {
  command = plan

  variables {
    interface_endpoints         = ["sts"]
    endpoint_security_group_ids = []
  }

  expect_failures = [aws_vpc_endpoint.interface]
}

run "internet_route_leads_only_to_public_subnets" {
  command = apply

  assert {
    condition     = [for route in aws_route_table.public.route : "${route.cidr_block} ${route.gateway_id}"] == ["0.0.0.0/0 ${aws_internet_gateway.this.id}"]
    error_message = "public subnets leave by the internet gateway"
  }

  assert {
    condition     = alltrue([for zone, table in aws_route_table.private : [for route in table.route : "${route.cidr_block} ${route.nat_gateway_id}"] == ["0.0.0.0/0 ${aws_nat_gateway.this[zone].id}"]])
    error_message = "private subnets leave by their zone's NAT gateway"
  }

  assert {
    condition     = length(aws_route_table.database.route) == 0
    error_message = "database subnets have no route of their own"
  }

  assert {
    condition     = alltrue([for association in aws_route_table_association.public : association.route_table_id == aws_route_table.public.id])
    error_message = "public subnets use the public table"
  }

  assert {
    condition     = alltrue([for zone, association in aws_route_table_association.private : association.route_table_id == aws_route_table.private[zone].id])
    error_message = "private subnets use their zone's table"
  }

  assert {
    condition     = alltrue([for association in aws_route_table_association.database : association.route_table_id == aws_route_table.database.id])
    error_message = "database subnets use the table without a way out"
  }

  assert {
    condition     = !contains(aws_vpc_endpoint.s3.route_table_ids, aws_route_table.database.id)
    error_message = "the S3 endpoint does not serve the database table"
  }
}
