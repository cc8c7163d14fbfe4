# Managed node groups, one per entry of node_groups, each from its own launch template.

locals {
  node_security_group_ids = concat(
    var.attach_cluster_security_group ? [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id] : [],
    var.node_security_group_ids,
  )

  node_labels = {
    for key, group in var.node_groups : key => {
      "node-group" = key
      "capacity"   = group.capacity
    }
  }

  # Only what tolerates losing its node at two minutes' notice is placed on spot.
  node_taints = {
    for key, group in var.node_groups : key => group.capacity == "spot" ? { "capacity" = "spot" } : {}
  }

  # EKS tags the groups that it makes with nothing of ours. The autoscaler finds them by the first
  # two tags, and from the template tags knows what a node of an empty group would look like.
  autoscaling_group_tags = merge([
    for key, group in var.node_groups : {
      for tag, value in merge(
        var.tags,
        {
          "k8s.io/cluster-autoscaler/enabled"     = "true"
          "k8s.io/cluster-autoscaler/${var.name}" = "owned"

          "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage"          = "${var.node_volume_gib}Gi"
          "k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType" = group.capacity == "spot" ? "SPOT" : "ON_DEMAND"
        },
        { for label, text in local.node_labels[key] : "k8s.io/cluster-autoscaler/node-template/label/${label}" => text },
        { for taint, text in local.node_taints[key] : "k8s.io/cluster-autoscaler/node-template/taint/${taint}" => "${text}:NoSchedule" },
      ) : "${key}:${tag}" => { group = key, tag = tag, value = value }
    }
  ]...)
}

resource "aws_launch_template" "this" {
  for_each = var.node_groups

  name                   = "${var.name}-${each.key}"
  description            = "Nodes of group ${each.key} of cluster ${var.name}"
  update_default_version = true
  vpc_security_group_ids = local.node_security_group_ids

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.node_volume_gib
      encrypted             = true
      kms_key_id            = var.volume_kms_key_arn
      delete_on_termination = true
    }
  }

  # One hop: a pod cannot reach the instance's credentials; its own come by pod identity.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume", "network-interface"])

    content {
      resource_type = tag_specifications.key
      tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_eks_node_group" "this" {
  for_each = var.node_groups

  # A prefix, because a change of instance types replaces the group: the new one is there first.
  node_group_name_prefix = "${var.name}-${each.key}-"
  cluster_name           = aws_eks_cluster.this.name
  version                = var.kubernetes_version
  node_role_arn          = aws_iam_role.node.arn
  subnet_ids             = var.subnet_ids
  instance_types         = each.value.instance_types
  capacity_type          = each.value.capacity == "spot" ? "SPOT" : "ON_DEMAND"
  ami_type               = can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", each.value.instance_types[0])) ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"
  labels                 = local.node_labels[each.key]

  launch_template {
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }

  scaling_config {
    min_size     = each.value.min
    desired_size = each.value.desired
    max_size     = each.value.max
  }

  update_config {
    max_unavailable_percentage = var.max_unavailable_percentage
  }

  dynamic "taint" {
    for_each = local.node_taints[each.key]

    content {
      key    = taint.key
      value  = taint.value
      effect = "NO_SCHEDULE"
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  lifecycle {
    create_before_destroy = true
    # The autoscaler owns the size once the group is there; an apply must not undo its work.
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [
    aws_eks_addon.before_nodes,
    aws_iam_role_policy_attachment.node,
  ]
}

resource "aws_autoscaling_group_tag" "this" {
  for_each = local.autoscaling_group_tags

  autoscaling_group_name = aws_eks_node_group.this[each.value.group].resources[0].autoscaling_groups[0].name

  tag {
    key                 = each.value.tag
    value               = each.value.value
    propagate_at_launch = false
  }
}
