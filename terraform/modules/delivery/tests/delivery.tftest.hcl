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
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
}

variables {
  name            = "groundplan-test"
  tags            = { owner = "platform-team" }
  repository      = "owner/name"
  branch          = "main"
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

run "the_state_is_private_versioned_encrypted_and_kept" {
  assert {
    condition = (
      aws_s3_bucket_versioning.state[0].versioning_configuration[0].status == "Enabled"
      && aws_s3_bucket_public_access_block.state[0].block_public_acls
      && aws_s3_bucket_public_access_block.state[0].restrict_public_buckets
      && !aws_s3_bucket.state[0].force_destroy
    )
    error_message = "versioned, private, never emptied"
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state[0].rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    error_message = "with our key"
  }

  assert {
    condition     = join(" ", jsondecode(aws_s3_bucket_policy.state[0].policy).Statement[*].Effect) == "Deny Deny"
    error_message = "the policy only refuses: plain HTTP and old TLS"
  }

  assert {
    condition     = aws_s3_bucket.state[0].bucket == "groundplan-test-state-123456789012"
    error_message = "the account in the name makes it unique"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.state[0].rule[0].expiration[0].days == null || aws_s3_bucket_lifecycle_configuration.state[0].rule[0].expiration[0].days == 0
    error_message = "a state in use never expires"
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
      length(aws_iam_openid_connect_provider.github), length(aws_s3_bucket.state), length(aws_iam_role_policy.plan),
      length(aws_iam_role_policy.push),
    ])
    error_message = "no provider, no bucket, and no rights to what is not there"
  }

  assert {
    condition     = output.oidc_provider_arn == "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    error_message = "the account's own provider is trusted"
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
    condition     = length(aws_s3_bucket_replication_configuration.state) == 1 && length(aws_s3_bucket_logging.state) == 1
    error_message = "a copy and access logs"
  }
}

run "everything_is_tagged" {
  assert {
    condition = alltrue([
      for tags in concat(
        [aws_iam_role.push.tags, aws_iam_role.plan.tags], aws_s3_bucket.state[*].tags,
        aws_iam_openid_connect_provider.github[*].tags,
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
