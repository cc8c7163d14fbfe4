locals {
  node_statements = [
    {
      Sid      = "StopAndStartNodesOfThisCluster"
      Effect   = "Allow"
      Action   = ["ec2:StartInstances", "ec2:StopInstances"]
      Resource = "${local.ec2_arn}:instance/*"
      Condition = {
        StringEquals = { "aws:ResourceTag/eks:cluster-name" = var.cluster_name }
      }
    },
    # Reading lists has no resource to name: AWS knows no narrower right for these actions.
    {
      Sid    = "FindTargets"
      Effect = "Allow"
      Action = [
        "ec2:DescribeInstances", "ec2:DescribeManagedPrefixLists", "ec2:DescribeNetworkAcls", "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ]
      Resource = "*"
    },
  ]

  volume_statements = length(var.volume_kms_key_arns) == 0 ? [] : [{
    Sid      = "LendVolumeKeysToEc2"
    Effect   = "Allow"
    Action   = "kms:CreateGrant"
    Resource = var.volume_kms_key_arns
    Condition = {
      StringEquals = { "kms:ViaService" = "ec2.${local.region}.amazonaws.com" }
      Bool         = { "kms:GrantIsForAWSResource" = "true" }
    }
  }]

  # A zone is cut off by a network ACL that FIS makes, tags, puts in place of ours and deletes.
  # Its id is not known beforehand, hence network-acl/*, bound by FIS's tag wherever AWS can.
  subnet_statements = [for statement in [
    {
      Sid       = "MakeItsOwnNetworkAcl"
      Effect    = "Allow"
      Action    = "ec2:CreateNetworkAcl"
      Resource  = "${local.ec2_arn}:network-acl/*"
      Condition = { StringEquals = { "aws:RequestTag/managedByFIS" = "true" } }
    },
    {
      Sid      = "MakeItInAVpc"
      Effect   = "Allow"
      Action   = "ec2:CreateNetworkAcl"
      Resource = "${local.ec2_arn}:vpc/*"
    },
    {
      Sid      = "TagItsOwnNetworkAcl"
      Effect   = "Allow"
      Action   = "ec2:CreateTags"
      Resource = "${local.ec2_arn}:network-acl/*"
      Condition = {
        StringEquals = { "ec2:CreateAction" = "CreateNetworkAcl", "aws:RequestTag/managedByFIS" = "true" }
      }
    },
    {
      Sid       = "FillAndDeleteItsOwnNetworkAcl"
      Effect    = "Allow"
      Action    = ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"]
      Resource  = "${local.ec2_arn}:network-acl/*"
      Condition = { StringEquals = { "aws:ResourceTag/managedByFIS" = "true" } }
    },
    {
      Sid      = "PutItInPlaceOnTheseSubnets"
      Effect   = "Allow"
      Action   = "ec2:ReplaceNetworkAclAssociation"
      Resource = concat(flatten(values(local.subnet_arns)), ["${local.ec2_arn}:network-acl/*"])
    },
  ] : statement if length(var.subnet_ids) > 0]

  database_statements = [for statement in [
    # A list is asked for without a name, so the right is for all databases of the account.
    {
      Sid      = "FindDatabases"
      Effect   = "Allow"
      Action   = "rds:DescribeDBInstances"
      Resource = "arn:${local.partition}:rds:${local.region}:${local.account}:db:*"
    },
    {
      Sid      = "RebootThisDatabase"
      Effect   = "Allow"
      Action   = "rds:RebootDBInstance"
      Resource = var.database_arn
    },
  ] : statement if var.database_failover]

  # Vended logs are set up by these four actions, none of which takes a resource.
  log_statements = [{
    Sid    = "DeliverItsLogs"
    Effect = "Allow"
    Action = [
      "logs:CreateLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy",
    ]
    Resource = "*"
  }]
}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-experiments"
  description          = "FIS takes nodes, subnets and the database away for a while"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "fis.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:fis:${local.region}:${local.account}:experiment/*" }
      }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-experiments" })
}

resource "aws_iam_role_policy" "this" {
  name = "experiments"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.node_statements, local.volume_statements, local.subnet_statements, local.database_statements,
      local.log_statements,
    )
  })
}
