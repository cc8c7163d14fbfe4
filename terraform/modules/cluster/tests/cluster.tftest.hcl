# The cluster of the reference; each option by what it adds, each guard by what it refuses.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
  mock_resource "aws_eks_cluster" {
    defaults = {
      arn                   = "arn:aws:eks:us-east-1:123456789012:cluster/example"
      certificate_authority = [{ data = "Y2VydA==" }]
    }
  }
  mock_resource "aws_eks_node_group" {
    defaults = { resources = [{ autoscaling_groups = [{ name = "eks-example" }] }] }
  }
}

variables {
  name                             = "example"
  kubernetes_version               = "1.36"
  subnet_ids                       = ["subnet-a", "subnet-b", "subnet-c"]
  control_plane_security_group_ids = ["sg-plane"]
  node_security_group_ids          = ["sg-nodes"]
  secrets_kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/a"
  log_kms_key_arn                  = "arn:aws:kms:us-east-1:123456789012:key/logs"
  admin_principal_arns             = { platform = "arn:aws:iam::123456789012:role/platform" }
  operator_principal_arns          = { watch = "arn:aws:iam::123456789012:role/watch" }
  viewer_principal_arns            = { support = "arn:aws:iam::123456789012:role/support" }
  tags                             = { owner = "platform-team" }

  node_groups = {
    main  = { instance_types = ["t3.medium", "t3.large"], capacity = "on-demand", min = 1, desired = 3, max = 20 }
    spare = { instance_types = ["t3.large", "t3.xlarge"], capacity = "spot", min = 0, desired = 0, max = 10 }
  }
}

run "control_plane_is_private_logged_and_encrypted" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "the API server answers in the VPC only"
  }
  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "all five logs are on"
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/eks/example/cluster" && aws_cloudwatch_log_group.this.kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "they go to an encrypted group and are kept a year"
  }
  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"]) && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.secrets_kms_key_arn
    error_message = "secrets are encrypted by the KMS key"
  }
  assert {
    condition     = aws_eks_cluster.this.kubernetes_network_config[0].service_ipv4_cidr == "172.20.0.0/16"
    error_message = "services have the addresses that network policies know"
  }
  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "extended support is never billed unasked"
  }
}

run "only_named_principals_have_access" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "access is by access entries, and the creator has none of its own"
  }
  assert {
    condition = { for key, association in aws_eks_access_policy_association.this : key => association.policy_arn } == {
      "admin/platform" = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
      "operator/watch" = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
      "viewer/support" = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
    }
    error_message = "administrators administer, the others view"
  }
  assert {
    condition = { for key, entry in aws_eks_access_entry.this : key => entry.kubernetes_groups } == {
      "admin/platform" = toset(["groundplan:administrator"])
      "operator/watch" = toset(["groundplan:operator"])
      "viewer/support" = toset(["groundplan:viewer"])
    }
    error_message = "what more they may do, their group says"
  }
}

run "public_endpoint_admits_the_named_networks" {
  command = plan

  variables {
    endpoint            = "public"
    public_access_cidrs = ["192.0.2.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["192.0.2.0/24"])
    error_message = "a public endpoint is also private, and open to the named networks only"
  }
}

run "public_endpoint_refuses_to_be_open_to_all" {
  command = plan

  variables {
    endpoint = "public"
  }

  expect_failures = [aws_eks_cluster.this]
}

run "node_groups_are_as_written" {
  command = plan

  assert {
    condition     = { for key, group in aws_eks_node_group.this : key => [group.capacity_type, group.scaling_config[0].min_size, group.scaling_config[0].desired_size, group.scaling_config[0].max_size] } == { main = ["ON_DEMAND", 1, 3, 20], spare = ["SPOT", 0, 0, 10] }
    error_message = "capacity and sizes are as the file says"
  }
  assert {
    condition     = aws_eks_node_group.this["main"].instance_types == tolist(["t3.medium", "t3.large"]) && aws_eks_node_group.this["main"].ami_type == "AL2023_x86_64_STANDARD"
    error_message = "t3 is x86"
  }
  assert {
    condition     = { for key, group in aws_eks_node_group.this : key => [for taint in group.taint : "${taint.key}=${taint.value}:${taint.effect}"] } == { main = [], spare = ["capacity=spot:NO_SCHEDULE"] }
    error_message = "only what tolerates it runs on spot"
  }
  assert {
    condition     = aws_eks_node_group.this["main"].update_config[0].max_unavailable_percentage == 33
    error_message = "an update replaces a third at a time"
  }
}

run "nodes_are_hardened" {
  command = plan

  assert {
    condition = alltrue([for template in aws_launch_template.this :
      template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1
    ])
    error_message = "metadata needs a token and stops at the node"
  }
  assert {
    condition = alltrue([for template in aws_launch_template.this :
      template.block_device_mappings[0].ebs[0].encrypted == "true" && template.block_device_mappings[0].ebs[0].volume_type == "gp3" && template.block_device_mappings[0].ebs[0].volume_size == 50
    ])
    error_message = "root volumes are encrypted gp3 of 50 GiB"
  }
  assert {
    condition     = alltrue([for template in aws_launch_template.this : template.monitoring[0].enabled && try(coalesce(template.key_name, template.image_id), "") == ""])
    error_message = "nodes are monitored, and have neither a key pair nor an image of our own"
  }
  assert {
    condition = alltrue([for template in aws_launch_template.this :
      toset([for tags in template.tag_specifications : tags.resource_type if tags.tags["owner"] == "platform-team" && tags.tags["Name"] != ""]) == toset(["instance", "volume", "network-interface"])
    ])
    error_message = "instances, volumes and interfaces carry the tags"
  }
}

run "node_role_is_minimal" {
  command = plan

  assert {
    condition = { for key, attachment in aws_iam_role_policy_attachment.node : key => attachment.policy_arn } == {
      worker = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
      images = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
    }
    error_message = "nodes may join and pull, nothing else"
  }
}

run "session_manager_is_an_option" {
  command = plan

  variables {
    node_session_manager = true
  }

  assert {
    condition     = aws_iam_role_policy_attachment.node["sessions"].policy_arn == "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
    error_message = "the node role may talk to Session Manager"
  }
}

run "arm_types_get_the_arm_image" {
  command = plan

  variables {
    node_groups = {
      a = { instance_types = ["t4g.medium", "m7g.large", "c7gn.large", "x2gd.large"], capacity = "on-demand", min = 1, desired = 1, max = 2 }
      b = { instance_types = ["g5.xlarge", "c7i.large", "m6id.large", "u-3tb1.56xlarge"], capacity = "on-demand", min = 1, desired = 1, max = 2 }
    }
  }

  assert {
    condition     = { for key, group in aws_eks_node_group.this : key => group.ami_type } == { a = "AL2023_ARM_64_STANDARD", b = "AL2023_x86_64_STANDARD" }
    error_message = "the family's name tells Graviton from x86"
  }
}

run "autoscaler_finds_the_groups" {
  command = apply

  assert {
    condition = { for key, tag in aws_autoscaling_group_tag.this : tag.tag[0].key => tag.tag[0].value if startswith(key, "spare:") } == {
      "owner"                                                    = "platform-team"
      "k8s.io/cluster-autoscaler/enabled"                        = "true"
      "k8s.io/cluster-autoscaler/example"                        = "owned"
      "k8s.io/cluster-autoscaler/node-template/label/node-group" = "spare"
      "k8s.io/cluster-autoscaler/node-template/label/capacity"   = "spot"
      "k8s.io/cluster-autoscaler/node-template/taint/capacity"   = "spot:NoSchedule"

      "k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType" = "SPOT"
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage"          = "50Gi"
    }
    error_message = "the group of an empty spot group tells whose it is and what a node of it looks like"
  }
  assert {
    condition     = output.autoscaling_group_names == { main = "eks-example", spare = "eks-example" } && output.certificate_authority == "Y2VydA=="
    error_message = "names of the groups and the certificate are handed on"
  }
  assert {
    condition     = alltrue([for template in aws_launch_template.this : length(template.vpc_security_group_ids) == 2 && contains(template.vpc_security_group_ids, "sg-nodes")])
    error_message = "nodes are in the named group and in the cluster's own"
  }
}

run "autoscaler_resizes_its_own_groups_only" {
  command = plan

  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.autoscaler.statement :
      length(statement.condition) > 0 if anytrue([for action in statement.actions : !can(regex(":(Describe|Get)", action))])
    ])
    error_message = "what changes a group is bound to the cluster's tag"
  }
  assert {
    condition     = aws_eks_pod_identity_association.autoscaler["this"].service_account == "cluster-autoscaler"
    error_message = "the autoscaler's service account has the role"
  }
}

run "autoscaler_is_an_option" {
  command = plan

  variables {
    autoscaler = null
  }

  assert {
    condition     = length(aws_iam_role.autoscaler) == 0 && length(aws_eks_pod_identity_association.autoscaler) == 0 && output.autoscaler_role_arn == null
    error_message = "without an autoscaler there is no role for it"
  }
}

run "addons_have_identities_and_enforce_policies" {
  command = plan

  assert {
    condition     = toset(concat(keys(aws_eks_addon.before_nodes), keys(aws_eks_addon.after_nodes))) == toset(["vpc-cni", "coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent", "metrics-server"])
    error_message = "the six add-ons are there"
  }
  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "network policies are enforced"
  }
  assert {
    condition     = { for key, association in aws_eks_pod_identity_association.addon : key => association.service_account } == { vpc-cni = "aws-node", aws-ebs-csi-driver = "ebs-csi-controller-sa" }
    error_message = "network and volumes have roles of their own"
  }
  assert {
    condition     = !aws_eks_cluster.this.bootstrap_self_managed_addons
    error_message = "no unmanaged copy of an add-on is installed"
  }
}

run "pod_roles_are_bound_to_their_accounts" {
  command = plan

  assert {
    condition = { for name, document in data.aws_iam_policy_document.pod_trust : name => { for condition in document.statement[0].condition : condition.variable => one(condition.values) } } == {
      for name, account in { vpc-cni                = "aws-node", aws-ebs-csi-driver = "ebs-csi-controller-sa", autoscaler = "cluster-autoscaler" } : name => {
        "aws:SourceAccount"                         = "123456789012"
        "aws:RequestTag/eks-cluster-name"           = "example"
        "aws:RequestTag/kubernetes-namespace"       = "kube-system"
        "aws:RequestTag/kubernetes-service-account" = account
      }
    }
    error_message = "a role serves one service account of this cluster"
  }
}

run "addon_versions_can_be_pinned" {
  command = plan

  variables {
    addons = {
      vpc-cni                = { version = "v1.20.0-eksbuild.1" }
      coredns                = {}
      kube-proxy             = {}
      eks-pod-identity-agent = {}
    }
  }

  assert {
    condition     = aws_eks_addon.before_nodes["vpc-cni"].addon_version == "v1.20.0-eksbuild.1" && keys(aws_eks_pod_identity_association.addon) == ["vpc-cni"]
    error_message = "the version is the one named, and an add-on left out leaves no role"
  }
}

run "services_get_their_identities" {
  command = plan

  variables {
    pod_identities = {
      backend = { namespace = "groundplan", service_account = "backend", role_arn = "arn:aws:iam::123456789012:role/backend" }
    }
  }

  assert {
    condition     = aws_eks_pod_identity_association.this["backend"].namespace == "groundplan" && aws_eks_pod_identity_association.this["backend"].role_arn == "arn:aws:iam::123456789012:role/backend"
    error_message = "a service account has the role that was named"
  }
}

run "volumes_can_have_a_key" {
  command = plan

  variables {
    volume_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/volumes"
  }

  assert {
    condition     = alltrue([for template in aws_launch_template.this : template.block_device_mappings[0].ebs[0].kms_key_id == var.volume_kms_key_arn]) && length(aws_iam_role_policy.volumes) == 1
    error_message = "root volumes use the key, and the volume driver may"
  }
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition = alltrue([for tags in concat(
      [aws_eks_cluster.this.tags, aws_cloudwatch_log_group.this.tags, aws_iam_role.cluster.tags, aws_iam_role.node.tags],
      [for role in aws_iam_role.addon : role.tags],
      [for role in aws_iam_role.autoscaler : role.tags],
      [for group in aws_eks_node_group.this : group.tags],
      [for template in aws_launch_template.this : template.tags],
      [for addon in aws_eks_addon.before_nodes : addon.tags],
      [for addon in aws_eks_addon.after_nodes : addon.tags],
      [for entry in aws_eks_access_entry.this : entry.tags],
      [for association in aws_eks_pod_identity_association.addon : association.tags],
      [for association in aws_eks_pod_identity_association.autoscaler : association.tags],
    ) : tags["owner"] == "platform-team" && tags["Name"] != ""])
    error_message = "everything that takes tags carries them and a Name"
  }
}

run "refuses_bad_words" {
  command = plan

  variables {
    name                    = "Example"
    kubernetes_version      = "1.36.1"
    endpoint                = "open"
    secrets_kms_key_arn     = "none"
    log_kms_key_arn         = "alias/logs"
    admin_principal_arns    = { platform = "arn:aws:sts::123456789012:assumed-role/platform/session" }
    operator_principal_arns = { watch = "watch" }
    viewer_principal_arns   = { support = "support" }
  }

  expect_failures = [
    var.name,
    var.kubernetes_version,
    var.endpoint,
    var.secrets_kms_key_arn,
    var.log_kms_key_arn,
    var.admin_principal_arns,
    var.operator_principal_arns,
    var.viewer_principal_arns,
  ]
}

run "refuses_bad_numbers" {
  command = plan

  variables {
    subnet_ids                 = ["subnet-a"]
    log_retention_days         = 366
    node_volume_gib            = 10
    max_unavailable_percentage = 0
  }

  expect_failures = [
    var.subnet_ids,
    var.log_retention_days,
    var.node_volume_gib,
    var.max_unavailable_percentage,
  ]
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    endpoint            = "public"
    public_access_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.public_access_cidrs]
}

run "refuses_services_on_public_addresses" {
  command = plan

  variables {
    service_cidr = "203.0.113.0/24"
  }

  expect_failures = [var.service_cidr]
}

run "refuses_mixed_architectures" {
  command = plan

  variables {
    node_groups = { main = { instance_types = ["t3.medium", "t4g.medium"], capacity = "on-demand", min = 1, desired = 1, max = 2 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_impossible_sizes" {
  command = plan

  variables {
    node_groups = { main = { instance_types = ["t3.medium"], capacity = "on-demand", min = 2, desired = 1, max = 2 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_unknown_capacity" {
  command = plan

  variables {
    node_groups = { main = { instance_types = ["t3.medium"], capacity = "reserved", min = 1, desired = 1, max = 2 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_a_cluster_without_its_network" {
  command = plan

  variables {
    addons = { coredns = {} }
  }

  expect_failures = [var.addons]
}
