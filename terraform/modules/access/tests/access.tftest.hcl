mock_provider "aws" {}

variables {
  name                   = "groundplan-test"
  tags                   = { environment = "test" }
  vpc_id                 = "vpc-1"
  vpc_cidr               = "10.0.0.0/16"
  client_cidr            = "10.100.0.0/22"
  subnet_ids             = { "us-east-1a" = "subnet-a", "us-east-1b" = "subnet-b" }
  security_group_ids     = ["sg-1"]
  server_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-1111-1111-111111111111"
  client_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/22222222-2222-2222-2222-222222222222"
  log_kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111"
}

run "clients_prove_themselves_by_certificate" {
  command = plan

  assert {
    condition     = [for way in aws_ec2_client_vpn_endpoint.this.authentication_options : way.type] == ["certificate-authentication"]
    error_message = "certificates are the only way in"
  }

  assert {
    condition     = [for way in aws_ec2_client_vpn_endpoint.this.authentication_options : way.root_certificate_chain_arn] == [var.client_certificate_arn] && aws_ec2_client_vpn_endpoint.this.server_certificate_arn == var.server_certificate_arn
    error_message = "each side checks the certificate meant for it"
  }
}

run "clients_reach_the_vpc_and_nothing_else" {
  command = plan

  assert {
    condition     = aws_ec2_client_vpn_authorization_rule.vpc.target_network_cidr == "10.0.0.0/16"
    error_message = "clients are authorised for the VPC"
  }

  assert {
    condition     = aws_ec2_client_vpn_endpoint.this.split_tunnel
    error_message = "what clients send elsewhere does not pass through the platform"
  }

  assert {
    condition     = toset(aws_ec2_client_vpn_endpoint.this.security_group_ids) == toset(["sg-1"])
    error_message = "the groups given decide what clients reach"
  }

  assert {
    condition     = toset(aws_ec2_client_vpn_endpoint.this.dns_servers) == toset(["10.0.0.2"])
    error_message = "clients ask the VPC's resolver"
  }
}

run "sessions_end" {
  command = plan

  assert {
    condition     = aws_ec2_client_vpn_endpoint.this.session_timeout_hours == 8 && aws_ec2_client_vpn_endpoint.this.disconnect_on_session_timeout
    error_message = "a client is disconnected after a working day"
  }
}

run "associations_are_keyed_by_zone" {
  command = plan

  assert {
    condition     = { for zone, association in aws_ec2_client_vpn_network_association.this : zone => association.subnet_id } == { "us-east-1a" = "subnet-a", "us-east-1b" = "subnet-b" }
    error_message = "clients enter through each zone's subnet"
  }
}

run "one_zone_is_enough" {
  command = plan

  variables {
    subnet_ids = { "us-east-1a" = "subnet-a" }
  }

  assert {
    condition     = length(aws_ec2_client_vpn_network_association.this) == 1
    error_message = "one subnet makes one association"
  }
}

run "connections_are_logged" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.connections.kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.connections.retention_in_days == 365
    error_message = "the connection log is encrypted with the key given and kept 365 days"
  }

  assert {
    condition     = [for log in aws_ec2_client_vpn_endpoint.this.connection_log_options : [log.enabled, log.cloudwatch_log_group]] == [[true, "/aws/client-vpn/groundplan-test"]]
    error_message = "who comes and goes is logged there"
  }
}

run "everything_taggable_is_tagged" {
  command = plan

  assert {
    condition     = alltrue([for tags in [aws_ec2_client_vpn_endpoint.this.tags, aws_cloudwatch_log_group.connections.tags] : tags["environment"] == "test" && startswith(tags["Name"], "groundplan-test")])
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

run "refuses_ranges_that_are_none" {
  command = plan

  variables {
    client_cidr = "10.100.0.0/24"
  }

  expect_failures = [var.client_cidr]
}

run "refuses_clients_inside_the_vpc" {
  command = plan

  variables {
    client_cidr = "10.0.252.0/22"
  }

  expect_failures = [aws_ec2_client_vpn_endpoint.this]
}

run "refuses_clients_around_the_vpc" {
  command = plan

  variables {
    client_cidr = "10.0.0.0/12"
  }

  expect_failures = [aws_ec2_client_vpn_endpoint.this]
}

run "refuses_an_entrance_without_subnet_or_group" {
  command = plan

  variables {
    subnet_ids         = {}
    security_group_ids = []
  }

  expect_failures = [var.subnet_ids, var.security_group_ids]
}

run "refuses_certificates_of_elsewhere" {
  command = plan

  variables {
    server_certificate_arn = "server.pem"
    client_certificate_arn = "arn:aws:iam::123456789012:server-certificate/clients"
  }

  expect_failures = [var.server_certificate_arn, var.client_certificate_arn]
}

run "refuses_a_session_not_offered" {
  command = plan

  variables {
    session_hours = 9
  }

  expect_failures = [var.session_hours]
}

run "refuses_a_retention_not_offered" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}
