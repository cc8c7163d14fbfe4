# Network ACLs keep no state: each direction of a conversation needs its own row, answers arrive on
# ephemeral ports. A subnet's addresses reach the resolver, DHCP and time without a row.
# Rows are written inline so that a row added by hand shows as drift.

locals {
  anywhere  = "0.0.0.0/0"
  ephemeral = { from = 1024, to = 65535 }

  # Answers from the internet, without the remote desktop port that no one may be let in on.
  ephemeral_from_anywhere = [
    { number = 200, protocol = "tcp", cidr = local.anywhere, from = 1024, to = 3388 },
    { number = 201, protocol = "tcp", cidr = local.anywhere, from = 3390, to = 65535 },
  ]

  # "Fragmentation needed": without it a path with a smaller packet size hangs.
  path_mtu = [{ number = 300, protocol = "icmp", cidr = local.anywhere, from = 0, to = 0 }]

  public_acl = {
    ingress = concat(
      [
        { number = 100, protocol = "tcp", cidr = local.anywhere, from = 80, to = 80 },
        { number = 101, protocol = "tcp", cidr = local.anywhere, from = 443, to = 443 },
      ],
      # What private subnets send through NAT to a port below the ephemeral ones.
      [for zone, range in local.private : { number = 110 + index(var.zones, zone), protocol = "tcp", cidr = range, from = 1, to = 1023 }],
      local.ephemeral_from_anywhere,
      local.path_mtu,
    )
    egress = concat(
      [for index, port in var.internet_egress_ports : { number = 100 + index, protocol = "tcp", cidr = local.anywhere, from = port, to = port }],
      # Answers to users, requests to pods, and what NAT hands back to private subnets.
      [{ number = 200, protocol = "tcp", cidr = local.anywhere, from = local.ephemeral.from, to = local.ephemeral.to }],
      local.path_mtu,
    )
  }

  private_acl = {
    ingress = concat(
      # Nodes, pods, control plane interfaces and interface endpoints: security groups decide here.
      [for zone, range in local.private : { number = 100 + index(var.zones, zone), protocol = "-1", cidr = range, from = 0, to = 0 }],
      # Load balancers to pods, and answers from databases, NAT and the S3 gateway endpoint, whose
      # addresses are public.
      local.ephemeral_from_anywhere,
      local.path_mtu,
    )
    egress = concat(
      [for zone, range in local.private : { number = 100 + index(var.zones, zone), protocol = "-1", cidr = range, from = 0, to = 0 }],
      # Answers to load balancers, requests to the database.
      [{ number = 110, protocol = "tcp", cidr = var.cidr, from = local.ephemeral.from, to = local.ephemeral.to }],
      [for index, port in var.internet_egress_ports : { number = 120 + index, protocol = "tcp", cidr = local.anywhere, from = port, to = port }],
    )
  }

  database_acl = {
    ingress = concat(
      [for zone, range in local.private : { number = 100 + index(var.zones, zone), protocol = "tcp", cidr = range, from = 5432, to = 5432 }],
      local.proxy_rows,
    )
    egress = concat(
      [for zone, range in local.private : merge({ number = 100 + index(var.zones, zone), protocol = "tcp", cidr = range }, local.ephemeral)],
      local.proxy_rows,
    )
  }

  proxy_rows = [
    for zone, range in local.database : merge({ number = 110 + index(var.zones, zone), protocol = "tcp", cidr = range }, local.ephemeral)
    if var.database_proxy
  ]
}

locals {
  acls = { public = local.public_acl, private = local.private_acl, database = local.database_acl }
}

resource "aws_network_acl" "this" {
  for_each = local.acls

  vpc_id = aws_vpc.this.id
  subnet_ids = [
    for subnet in { public = aws_subnet.public, private = aws_subnet.private, database = aws_subnet.database }[each.key] : subnet.id
  ]

  dynamic "ingress" {
    for_each = each.value.ingress

    content {
      rule_no    = ingress.value.number
      action     = "allow"
      protocol   = ingress.value.protocol
      cidr_block = ingress.value.cidr
      from_port  = ingress.value.from
      to_port    = ingress.value.to
      icmp_type  = ingress.value.protocol == "icmp" ? 3 : null
      icmp_code  = ingress.value.protocol == "icmp" ? 4 : null
    }
  }

  dynamic "egress" {
    for_each = each.value.egress

    content {
      rule_no    = egress.value.number
      action     = "allow"
      protocol   = egress.value.protocol
      cidr_block = egress.value.cidr
      from_port  = egress.value.from
      to_port    = egress.value.to
      icmp_type  = egress.value.protocol == "icmp" ? 3 : null
      icmp_code  = egress.value.protocol == "icmp" ? 4 : null
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

moved {
  from = aws_network_acl.public
  to   = aws_network_acl.this["public"]
}

moved {
  from = aws_network_acl.private
  to   = aws_network_acl.this["private"]
}

moved {
  from = aws_network_acl.database
  to   = aws_network_acl.this["database"]
}
