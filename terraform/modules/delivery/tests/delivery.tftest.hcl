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
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/made" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
}

variables {
  name            = "groundplan-test"
  tags            = { owner = "platform-team" }
  repository      = "owner/name"
  branch          = "main"
  environment     = "dev"
  repository_arns = ["arn:aws:ecr:us-east-1:123456789012:repository/backend"]
  kms_key_arn     = "arn:aws:kms:us-east-1:123456789012:key/one"
}

run "only_the_branch_pushes_and_only_pull_requests_plan" {
  assert {
    condition = jsondecode(aws_iam_role.push.assume_role_policy).Statement[0].Condition == {
      StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:owner/name:ref:refs/heads/main"
      }
    }
    error_message = "the whole subject of the branch, for AWS"
  }

  assert {
    condition = jsondecode(aws_iam_role.plan.assume_role_policy).Statement[0].Condition == {
      StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:owner/name:pull_request"
      }
    }
    error_message = "the whole subject of pull requests, for AWS"
  }
}

run "only_jobs_in_the_environment_apply_and_deliver" {
  assert {
    condition = alltrue([
      for role in [aws_iam_role.apply, aws_iam_role.deploy] : jsondecode(role.assume_role_policy).Statement == [{
        Effect    = "Allow"
        Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
            "token.actions.githubusercontent.com:sub" = "repo:owner/name:environment:dev"
          }
        }
      }]
    ])
    error_message = "the whole subject of the environment, for AWS, and nobody else"
  }

  assert {
    condition     = aws_iam_role.apply.max_session_duration == 7200 && aws_iam_role.deploy.max_session_duration == 7200
    error_message = "a session lasts as long as the longest job"
  }
}

run "apply_may_do_what_is_written_down_for_this_environment" {
  assert {
    condition = toset(flatten([
      for policy in aws_iam_policy.apply : jsondecode(policy.policy).Statement[*].Action
      ])) == toset(concat(
      flatten(jsondecode(file("permissions.json")).Statement[*].Action),
      ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    ))
    error_message = "the actions of permissions.json and those of the state, none missing, none beside them"
  }

  assert {
    condition = flatten([
      for policy in aws_iam_policy.apply : [
        for statement in jsondecode(policy.policy).Statement : statement.Resource
        if contains(["BucketsOfThePlatform", "GiveRolesOfThePlatformToServices"], statement.Sid)
      ]
      ]) == [
      "arn:aws:s3:::groundplan-test-*", "arn:aws:s3:::groundplan-test-*/*",
      "arn:aws:iam::123456789012:role/groundplan-test-*",
    ]
    error_message = "buckets and roles by this environment's name, in this account"
  }

  assert {
    condition     = length(aws_iam_policy.apply) == length(aws_iam_role_policy_attachment.apply) && length(aws_iam_policy.apply) <= 10
    error_message = "every part is attached, and AWS takes as many"
  }
}

run "a_boundary_bounds_every_role" {
  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition = alltrue([
      for role in [aws_iam_role.push, aws_iam_role.plan, aws_iam_role.apply, aws_iam_role.deploy] :
      role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    ])
    error_message = "no role without it"
  }
}

run "deploy_reads_images_and_looks_into_its_namespaces" {
  variables {
    readable_repositories = ["groundplan-*/*"]
    cluster = {
      name = "groundplan-test", groups = ["groundplan:viewer"], reads = ["groundplan"], forwards = ["monitoring"]
    }
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : statement.Sid => join(" ", statement.Resource)
      } == {
      LogIn                   = "*"
      ReadImagesAndSignatures = "arn:aws:ecr:*:*:repository/groundplan-*/*"
      FindTheCluster          = "arn:aws:eks:us-east-1:123456789012:cluster/groundplan-test"
    }
    error_message = "this cluster, and the platform's repositories wherever they are"
  }

  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : [
        for action in statement.Action : can(regex(":(BatchCheck|BatchGet|Describe|GetAuth|GetDownload)", action))
      ]
    ]))
    error_message = "reading only"
  }

  assert {
    condition = {
      for policy, association in aws_eks_access_policy_association.deploy :
      policy => "${association.access_scope[0].type} ${join(" ", association.access_scope[0].namespaces)}"
    } == { AmazonEKSViewPolicy = "namespace groundplan", AmazonEKSEditPolicy = "namespace monitoring" }
    error_message = "each policy in its namespaces, none in the whole cluster"
  }

  assert {
    condition     = aws_eks_access_entry.deploy[0].kubernetes_groups == toset(["groundplan:viewer"])
    error_message = "what more it sees, the cluster says to the group"
  }
}

run "without_a_cluster_deploy_enters_none" {
  assert {
    condition     = length(aws_eks_access_entry.deploy) == 0 && length(aws_eks_access_policy_association.deploy) == 0
    error_message = "no entry"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.deploy.policy).Statement[*].Sid == ["LogIn"]
    error_message = "and no right to find one, or to read repositories that nobody named"
  }
}

run "push_reaches_the_given_repositories_only" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.push[0].policy).Statement[1].Resource == ["arn:aws:ecr:us-east-1:123456789012:repository/backend"]
    error_message = "the list is the whole right"
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.push[0].policy, "ecr:*") && !strcontains(aws_iam_role_policy.push[0].policy, "Delete")
    error_message = "no wildcard, no deletion"
  }
}

run "plan_reads_and_writes_nothing" {
  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement :
      [for action in flatten([statement.Action]) : contains(["kms:Decrypt", "s3:GetObject", "s3:ListBucket"], action)]
    ]))
    error_message = "reading only"
  }

  assert {
    condition     = keys(aws_iam_role_policy_attachment.plan) == ["SecurityAudit", "job-function/ViewOnlyAccess"]
    error_message = "two policies that read configuration"
  }
}

run "the_state_is_encrypted_and_kept" {
  assert {
    condition = local.state_buckets == {
      state = {
        name            = "groundplan-test-state-123456789012"
        encryption      = { kms_key_arn = var.kms_key_arn }
        noncurrent_days = 90
      }
    }
    error_message = "with our key, former versions 90 days, the account in the name, and a state in use for ever"
  }

  assert {
    condition     = output.state_bucket_name == "groundplan-test-state-123456789012"
    error_message = "the root's backend is told its name"
  }
}

run "what_is_there_already_is_not_made" {
  variables {
    create_oidc_provider = false
    state_bucket         = false
    repository_arns      = []
  }

  assert {
    condition = 0 == sum([
      length(aws_iam_openid_connect_provider.github), length(local.state_buckets), length(aws_iam_role_policy.plan),
      length(aws_iam_role_policy.push),
    ])
    error_message = "no provider, no bucket, and no rights to what is not there"
  }

  assert {
    condition     = output.oidc_provider_arn == "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    error_message = "the account's own provider is trusted"
  }
}

run "pull_requests_read_a_state_that_is_kept_elsewhere" {
  variables {
    state_bucket      = false
    state_bucket_name = "state-of-all"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.plan[0].policy).Statement[0].Resource == "arn:aws:s3:::state-of-all"
    error_message = "the named bucket"
  }

  assert {
    condition     = length(local.state_buckets) == 0
    error_message = "which is not made again"
  }
}

run "the_state_is_copied_and_its_readers_are_written_down" {
  variables {
    access_logs = { bucket = "groundplan-test-logs" }
    state_replication = {
      bucket_arn  = "arn:aws:s3:::state-copy"
      kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/two"
    }
  }

  assert {
    condition     = local.state_replication["state"].role_name == "groundplan-test-state-replication" && local.state_access_logs["state"].bucket == "groundplan-test-logs"
    error_message = "a copy and access logs"
  }
}

run "everything_is_tagged" {
  assert {
    condition = alltrue([
      for tags in concat(
        [aws_iam_role.push.tags, aws_iam_role.plan.tags, aws_iam_role.apply.tags, aws_iam_role.deploy.tags],
        aws_iam_openid_connect_provider.github[*].tags,
        values(aws_iam_policy.apply)[*].tags, aws_eks_access_entry.deploy[*].tags,
      ) : tags["owner"] == "platform-team" && length(tags["Name"]) > 0
    ])
    error_message = "the caller's tags and a name everywhere"
  }
}

run "refuses_every_repository_of_an_owner" {
  command = plan
  variables {
    repository = "owner/*"
  }
  expect_failures = [var.repository]
}

run "refuses_every_branch" {
  command = plan
  variables {
    branch = "*"
  }
  expect_failures = [var.branch]
}

run "refuses_every_environment" {
  command = plan
  variables {
    environment = "*"
  }
  expect_failures = [var.environment]
}

run "refuses_everybodys_repositories" {
  command = plan
  variables {
    readable_repositories = ["*/*"]
  }
  expect_failures = [var.readable_repositories]
}

run "refuses_the_group_of_masters" {
  command = plan
  variables {
    cluster = { name = "groundplan-test", groups = ["system:masters"] }
  }
  expect_failures = [var.cluster]
}

run "refuses_every_image_repository" {
  command = plan
  variables {
    repository_arns = ["arn:aws:ecr:us-east-1:123456789012:repository/*"]
  }
  expect_failures = [var.repository_arns]
}

run "refuses_a_plan_role_that_can_do_everything" {
  command = plan
  variables {
    plan_policies = ["AdministratorAccess"]
  }
  expect_failures = [var.plan_policies]
}

run "refuses_a_bucket_name_that_aws_refuses" {
  command = plan
  variables {
    state_bucket_name = "State"
  }
  expect_failures = [var.state_bucket_name]
}

run "refuses_versions_that_end_too_soon" {
  command = plan
  variables {
    state_versions_days = 1
  }
  expect_failures = [var.state_versions_days]
}
