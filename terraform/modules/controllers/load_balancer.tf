# What the AWS Load Balancer Controller may do: less than its published policy. It changes only what
# carries the tag of this cluster, which it puts on whatever it makes; it opens no security group,
# because Terraform owns their rules, and it knows neither Shield nor WAF Classic nor Cognito.

locals {
  cluster_tag      = "elbv2.k8s.aws/cluster"
  balancing        = "arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account}"
  is_of_cluster    = { StringEquals = { "aws:ResourceTag/${local.cluster_tag}" = var.cluster_name } }
  is_made_for_it   = { StringEquals = { "aws:RequestTag/${local.cluster_tag}" = var.cluster_name } }
  target_groups    = ["${local.balancing}:targetgroup/*/*"]
  load_balancers   = ["${local.balancing}:loadbalancer/app/*/*"]
  listeners        = ["${local.balancing}:listener/app/*/*/*"]
  rules            = ["${local.balancing}:listener-rule/app/*/*/*/*"]
  firewalls        = var.web_acl_arn == null ? [] : [var.web_acl_arn]
  certificate_arns = ["arn:${local.partition}:acm:${local.region}:${local.account}:certificate/*"]

  load_balancer_statements = concat(
    local.looking_statements, local.making_statements, local.changing_statements, local.firewall_statements,
  )

  looking_statements = [
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "acm:ListCertificates",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeIpamPools",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTrustStores",
      ]
      # Describing and listing know no resources, so none can be named.
      Resource = ["*"]
    },
    {
      # It looks its network up by itself; which network that is, only the cluster knows.
      Sid      = "ReadGroupsOfTheNetwork"
      Effect   = "Allow"
      Action   = ["ec2:GetSecurityGroupsForVpc"]
      Resource = ["arn:${local.partition}:ec2:${local.region}:${local.account}:vpc/*"]
    },
    {
      # The controller reads which names each certificate of the account is for.
      Sid      = "ReadCertificates"
      Effect   = "Allow"
      Action   = ["acm:DescribeCertificate"]
      Resource = local.certificate_arns
    },
  ]

  making_statements = [
    {
      Sid       = "LetLoadBalancingHaveItsRole"
      Effect    = "Allow"
      Action    = ["iam:CreateServiceLinkedRole"]
      Resource  = ["arn:${local.partition}:iam::${local.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing"]
      Condition = { StringEquals = { "iam:AWSServiceName" = "elasticloadbalancing.amazonaws.com" } }
    },
    {
      # Names are the controller's to choose; each new thing must carry the cluster's tag.
      Sid       = "MakeForThisCluster"
      Effect    = "Allow"
      Action    = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"]
      Resource  = concat(local.load_balancers, local.target_groups)
      Condition = local.is_made_for_it
    },
    {
      Sid      = "TagWhatIsBeingMade"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:AddTags"]
      Resource = concat(local.load_balancers, local.target_groups)
      Condition = { StringEquals = merge(local.is_made_for_it.StringEquals, {
        "elasticloadbalancing:CreateAction" = ["CreateLoadBalancer", "CreateTargetGroup"]
      }) }
    },
    {
      # A listener is made on a load balancer and a rule on a listener, which carry the tag.
      Sid       = "ListenOnWhatIsOfThisCluster"
      Effect    = "Allow"
      Action    = ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule"]
      Resource  = concat(local.load_balancers, local.listeners)
      Condition = local.is_of_cluster
    },
    {
      Sid      = "TagListenersThatAreBeingMade"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:AddTags"]
      Resource = concat(local.listeners, local.rules)
      Condition = { StringEquals = merge(local.is_made_for_it.StringEquals, {
        "elasticloadbalancing:CreateAction" = ["CreateListener", "CreateRule"]
      }) }
    },
  ]

  changing_statements = [
    {
      # Only what carries the cluster's tag, and the tag itself stays.
      Sid      = "TagWhatIsOfThisCluster"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]
      Resource = concat(local.load_balancers, local.target_groups, local.listeners, local.rules)
      Condition = merge(local.is_of_cluster, {
        "ForAllValues:StringNotEquals" = { "aws:TagKeys" = [local.cluster_tag] }
      })
    },
    {
      Sid    = "ChangeWhatIsOfThisCluster"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetRulePriorities",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:SetWebAcl",
      ]
      Resource  = concat(local.load_balancers, local.target_groups, local.listeners, local.rules)
      Condition = local.is_of_cluster
    },
  ]

  firewall_statements = length(local.firewalls) == 0 ? [] : [
    {
      Sid    = "PutTheFirewallBeforeLoadBalancers"
      Effect = "Allow"
      Action = [
        "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource",
      ]
      Resource = concat(local.firewalls, local.load_balancers)
    },
  ]
}
