# The three controllers: who takes each role, what it may do and, above all, what it may not.

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
}

variables {
  name                = "example"
  cluster_name        = "example"
  secret_prefix       = "example/"
  secret_arns         = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:rds-db-1-AbCdEf"]
  secret_kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/secrets", "arn:aws:kms:us-east-1:123456789012:key/database"]
  web_acl_arn         = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/example/1"
  zone_id             = "Z0EXAMPLE"
  tags                = { owner = "platform-team" }
}

run "plans_the_three" {
  command = plan

  assert {
    condition     = toset(keys(aws_iam_role.this)) == toset(["aws-load-balancer-controller", "external-dns", "external-secrets"])
    error_message = "every controller has a role"
  }
  assert {
    condition     = alltrue([for controller, role in aws_iam_role.this : role.tags == tomap({ owner = "platform-team", Name = "example-${controller}", Service = controller })])
    error_message = "every role carries the tags"
  }
}

run "one_service_account_takes_a_role" {
  command = plan

  assert {
    condition = { for controller, role in aws_iam_role.this : controller => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals } == {
      for controller, account in {
        aws-load-balancer-controller = ["kube-system", "aws-load-balancer-controller"]
        external-dns                 = ["external-dns", "external-dns"]
        external-secrets             = ["external-secrets", "external-secrets"]
        } : controller => {
        "aws:SourceAccount"                         = "123456789012"
        "aws:RequestTag/eks-cluster-name"           = "example"
        "aws:RequestTag/kubernetes-namespace"       = account[0]
        "aws:RequestTag/kubernetes-service-account" = account[1]
      }
    }
    error_message = "only the one service account of this cluster takes a role"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : jsondecode(role.assume_role_policy).Statement[0].Principal.Service == "pods.eks.amazonaws.com"])
    error_message = "pod identity is the only way to a role"
  }
}

run "secrets_of_the_platform_only" {
  command = plan

  assert {
    condition = one([for statement in jsondecode(aws_iam_role_policy.this["external-secrets"].policy).Statement : statement.Resource if statement.Sid == "ReadSecretsOfThePlatform"]) == [
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:example/*",
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds-db-1-AbCdEf",
    ]
    error_message = "External Secrets reads what begins with the prefix, and the named secret"
  }
  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.this["external-secrets"].policy).Statement : statement.Action])) == toset(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "kms:Decrypt"])
    error_message = "External Secrets only reads"
  }
}

run "records_of_the_zone_only" {
  command = plan

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this["external-dns"].policy).Statement : statement.Resource if contains(statement.Action, "route53:ChangeResourceRecordSets")]) == ["arn:aws:route53:::hostedzone/Z0EXAMPLE"]
    error_message = "External DNS changes the records of this zone"
  }
}

run "load_balancers_of_the_cluster_only" {
  command = plan

  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.this["aws-load-balancer-controller"].policy).Statement :
      strcontains(jsonencode(statement.Condition), "Tag/elbv2.k8s.aws/cluster\":\"example\"") if anytrue([for action in statement.Action : can(regex("^elasticloadbalancing:(Create|Delete|Modify|Set|Add|Remove|Register|Deregister)", action))])
    ])
    error_message = "what is changed carries, or gets, the tag of this cluster"
  }
  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.this["aws-load-balancer-controller"].policy).Statement :
      alltrue([for action in statement.Action : can(regex(":(Describe|List|Get)", action))]) if contains(statement.Resource, "*")
    ])
    error_message = "without a resource it only looks"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.this["aws-load-balancer-controller"].policy, "SecurityGroupIngress")
    error_message = "it opens no security group"
  }
  assert {
    condition     = length(aws_iam_role_policy.this["aws-load-balancer-controller"].policy) < 10240
    error_message = "IAM takes 10 240 characters of inline policies"
  }
}

run "a_controller_can_be_left_out" {
  command = plan

  variables {
    external_dns = null
    zone_id      = null
    web_acl_arn  = null
  }

  assert {
    condition     = toset(keys(aws_iam_role.this)) == toset(["aws-load-balancer-controller", "external-secrets"])
    error_message = "null takes the role away"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.this["aws-load-balancer-controller"].policy, "wafv2:")
    error_message = "without a firewall there is no right to put one up"
  }
}

run "refuses_dns_without_a_zone" {
  command = plan

  variables {
    zone_id = null
  }

  expect_failures = [aws_iam_role.this["external-dns"]]
}

run "refuses_a_prefix_that_others_share" {
  command = plan

  variables {
    secret_prefix = "example"
  }

  expect_failures = [var.secret_prefix]
}

run "refuses_all_secrets" {
  command = plan

  variables {
    secret_arns = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:*"]
  }

  expect_failures = [var.secret_arns]
}
