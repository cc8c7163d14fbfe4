locals {
  is_group = { for arrow, rule in var.rules : arrow => {
    from = !can(cidrhost(rule.from, 0))
    to   = !can(cidrhost(rule.to, 0)) && !startswith(rule.to, "com.amazonaws.")
  } }

  # Lists of addresses that AWS keeps; a gateway endpoint is reached by the addresses of its service.
  lists   = toset([for rule in var.rules : rule.to if startswith(rule.to, "com.amazonaws.")])
  ingress = { for arrow, rule in var.rules : arrow => rule if local.is_group[arrow].to }
  egress  = { for arrow, rule in var.rules : arrow => rule if local.is_group[arrow].from }
}

data "aws_ec2_managed_prefix_list" "this" {
  for_each = local.lists

  name = each.key
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:the callers attach every group, by group_ids, and checkov does not follow a map through a module's output; owner: platform-team
  for_each = var.groups

  name_prefix = "${var.name}-${each.key}-"
  description = each.value
  vpc_id      = var.vpc_id

  # Controllers in the cluster add rules that refer to these groups. Two groups that refer to
  # each other cannot be deleted until the rules are gone.
  revoke_rules_on_delete = true

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  # A new description means a new group; what is attached must move before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.ingress

  security_group_id            = try(aws_security_group.this[each.value.to].id, "")
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.protocol == "-1" ? null : each.value.port
  to_port                      = each.value.protocol == "-1" ? null : each.value.port
  referenced_security_group_id = local.is_group[each.key].from ? try(aws_security_group.this[each.value.from].id, "") : null
  cidr_ipv4                    = local.is_group[each.key].from || strcontains(each.value.from, ":") ? null : each.value.from
  cidr_ipv6                    = strcontains(each.value.from, ":") ? each.value.from : null

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  lifecycle {
    precondition {
      condition     = contains(keys(var.groups), each.value.to)
      error_message = "rule ${each.key}: `to` must be a group or a range, is ${each.value.to}"
    }

    precondition {
      condition     = !endswith(each.value.from, "/0") || (each.value.protocol == "tcp" && contains(var.public_ports, each.value.port))
      error_message = "rule ${each.key}: the whole internet may reach only the public ports, asks for ${each.value.port}"
    }
  }
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = local.egress

  security_group_id            = try(aws_security_group.this[each.value.from].id, "")
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.protocol == "-1" ? null : each.value.port
  to_port                      = each.value.protocol == "-1" ? null : each.value.port
  referenced_security_group_id = local.is_group[each.key].to ? try(aws_security_group.this[each.value.to].id, "") : null
  prefix_list_id               = contains(local.lists, each.value.to) ? data.aws_ec2_managed_prefix_list.this[each.value.to].id : null
  cidr_ipv4                    = can(cidrnetmask(each.value.to)) ? each.value.to : null
  cidr_ipv6                    = strcontains(each.value.to, ":") ? each.value.to : null

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  lifecycle {
    precondition {
      condition     = contains(keys(var.groups), each.value.from)
      error_message = "rule ${each.key}: `from` must be a group or a range, is ${each.value.from}"
    }
  }
}
