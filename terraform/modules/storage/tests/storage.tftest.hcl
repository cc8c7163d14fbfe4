# The buckets of the reference and two repositories; each option by what it adds, each guard by
# what it refuses.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name         = "example"
  kms_key_arn  = "arn:aws:kms:us-east-1:123456789012:key/storage"
  repositories = ["gateway", "backend"]
  tags         = { owner = "platform-team" }

  logs = { versioning = false, expire_days = 400, archive_days = 30 }

  buckets = {
    artifacts = { versioning = true, expire_days = 365, archive_days = 90 }
    backups   = { versioning = true, expire_days = 35, archive_days = 7 }
  }
}

run "plans_the_reference" {
  command = plan

  assert {
    condition     = output.bucket_names == { artifacts = "example-artifacts-123456789012", logs = "example-logs-123456789012", backups = "example-backups-123456789012" }
    error_message = "a bucket's name is platform, key and account"
  }
  assert {
    condition     = toset(keys(aws_ecr_repository.this)) == toset(["gateway", "backend"])
    error_message = "every repository is made, keyed by its name"
  }
  assert {
    condition     = local.replication == {} && alltrue([for bucket in local.made : bucket.object_lock == null])
    error_message = "replication and object lock are off unless asked for"
  }
  assert {
    condition     = { for key, bucket in local.made : key => bucket.versioning } == { artifacts = true, logs = false, backups = true }
    error_message = "versioning is as the file says"
  }
  assert {
    condition     = !anytrue([for bucket in local.made : bucket.force_destroy]) && aws_ecr_repository.this["backend"].force_delete == false
    error_message = "a destroy keeps what holds data"
  }
}

run "every_bucket_is_encrypted" {
  command = plan

  assert {
    condition = { for key, bucket in local.made : key => try(bucket.encryption.kms_key_arn, "by S3's own keys") } == {
      artifacts = var.kms_key_arn, backups = var.kms_key_arn, logs = "by S3's own keys"
    }
    error_message = "by the KMS key; the bucket of access logs by S3's own keys"
  }
}

run "access_is_logged" {
  command = plan

  assert {
    condition = local.access_logs == {
      artifacts = { bucket = "example-logs-123456789012", prefix = "access/artifacts/" }
      backups   = { bucket = "example-logs-123456789012", prefix = "access/backups/" }
    }
    error_message = "every bucket but the logs bucket logs its access under its own prefix"
  }
  assert {
    condition = [for statement in local.logs_statements : [jsondecode(statement).Resource, jsondecode(statement).Condition.ArnEquals["aws:SourceArn"]]] == [
      ["arn:aws:s3:::example-logs-123456789012/access/artifacts/*", "arn:aws:s3:::example-artifacts-123456789012"],
      ["arn:aws:s3:::example-logs-123456789012/access/backups/*", "arn:aws:s3:::example-backups-123456789012"],
    ]
    error_message = "the logs bucket lets the two others deliver, each under its own prefix"
  }
}

run "objects_age" {
  command = plan

  assert {
    condition = { for key, bucket in local.made : key => [bucket.archive_days, bucket.archive_class, bucket.expire_days, bucket.noncurrent_days] } == {
      artifacts = [90, "GLACIER_IR", 365, 30], logs = [30, "GLACIER_IR", 400, 30], backups = [7, "GLACIER_IR", 35, 30]
    }
    error_message = "as the file says"
  }
}

run "bucket_without_ages_keeps_its_objects" {
  command = plan

  variables {
    buckets = {}
    logs    = { versioning = false }
  }

  assert {
    condition     = local.made["logs"].archive_days == null && local.made["logs"].expire_days == null
    error_message = "without archive_days and expire_days objects stay"
  }
}

run "images_are_safe" {
  command = plan

  assert {
    condition = alltrue([for repository in aws_ecr_repository.this :
      repository.image_tag_mutability == "IMMUTABLE" && repository.image_scanning_configuration[0].scan_on_push && repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == var.kms_key_arn
    ])
    error_message = "images are immutable, scanned and encrypted by the KMS key"
  }
  assert {
    condition     = alltrue([for policy in aws_ecr_lifecycle_policy.this : jsondecode(policy.policy).rules[1].selection.countNumber == 30])
    error_message = "thirty images stay"
  }
}

run "another_account_pulls_what_is_promoted_to_it" {
  command = plan

  variables {
    puller_account_ids = ["210987654321"]
  }

  assert {
    condition     = keys(aws_ecr_repository_policy.this) == ["backend", "gateway"]
    error_message = "from every repository"
  }
  assert {
    condition = alltrue([
      for policy in aws_ecr_repository_policy.this : one(jsondecode(policy.policy).Statement).Principal == { AWS = ["arn:aws:iam::210987654321:root"] }
    ])
    error_message = "this account only"
  }
  assert {
    condition = alltrue(flatten([
      for policy in aws_ecr_repository_policy.this : [
        for action in one(jsondecode(policy.policy).Statement).Action : can(regex("^ecr:(BatchCheck|BatchGet|Describe|GetDownload)", action))
      ]
    ]))
    error_message = "it pulls, and pushes or deletes nothing"
  }
}

run "without_such_accounts_no_repository_admits_anybody" {
  command = plan

  assert {
    condition     = length(aws_ecr_repository_policy.this) == 0
    error_message = "no policy, so only this account's own"
  }
}

run "refuses_everybody_as_puller" {
  command = plan

  variables {
    puller_account_ids = ["*"]
  }

  expect_failures = [var.puller_account_ids]
}

run "replication_copies_one_bucket" {
  command = plan

  variables {
    replication = {
      region_bucket_arn = "arn:aws:s3:::example-copy"
      kms_key_arn       = "arn:aws:kms:us-west-2:123456789012:key/copy"
    }
  }

  assert {
    condition = local.replication == {
      backups = {
        bucket_arn  = "arn:aws:s3:::example-copy"
        kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/copy"
        role_name   = "example-replication"
      }
    }
    error_message = "the backups are copied, by one role"
  }
}

run "replication_refuses_an_unversioned_bucket" {
  command = plan

  variables {
    replicated_bucket = "logs"
    replication = {
      region_bucket_arn = "arn:aws:s3:::example-copy"
      kms_key_arn       = "arn:aws:kms:us-west-2:123456789012:key/copy"
    }
  }

  expect_failures = [var.replicated_bucket]
}

run "replication_refuses_a_missing_bucket" {
  command = plan

  variables {
    replicated_bucket = "elsewhere"
    replication = {
      region_bucket_arn = "arn:aws:s3:::example-copy"
      kms_key_arn       = "arn:aws:kms:us-west-2:123456789012:key/copy"
    }
  }

  expect_failures = [var.replicated_bucket]
}

run "object_lock_holds_new_objects" {
  command = plan

  variables {
    object_lock_days = { backups = 7 }
  }

  assert {
    condition = { for key, bucket in local.made : key => bucket.object_lock if bucket.object_lock != null } == {
      backups = { mode = "GOVERNANCE", days = 7 }
    }
    error_message = "only the named bucket is locked: a week, in governance mode"
  }
}

run "object_lock_refuses_the_logs_bucket" {
  command = plan

  variables {
    object_lock_days = { logs = 7 }
  }

  expect_failures = [var.object_lock_days]
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.tags["owner"] == "platform-team" && repository.tags["Name"] != ""])
    error_message = "repositories carry the tags and a Name"
  }
}

run "other_buckets_and_load_balancers_log_there_too" {
  command = plan

  variables {
    log_sources              = { guards = "example-guards-123456789012" }
    load_balancer_log_prefix = "load-balancer"
  }

  assert {
    condition = one([
      for statement in local.logs_statements : jsondecode(statement).Condition.ArnEquals["aws:SourceArn"]
      if jsondecode(statement).Sid == "AllowAccessLogsGuards"
    ]) == "arn:aws:s3:::example-guards-123456789012"
    error_message = "a further bucket delivers its logs, and only that one"
  }
  assert {
    condition = one([
      for statement in local.logs_statements : jsondecode(statement) if jsondecode(statement).Sid == "AllowLoadBalancerLogs"
      ]) == {
      Sid       = "AllowLoadBalancerLogs"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::example-logs-123456789012/load-balancer/AWSLogs/123456789012/*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:elasticloadbalancing:*:123456789012:loadbalancer/*" } }
    }
    error_message = "load balancers of this account deliver theirs"
  }
}

run "refuses_a_second_logs_bucket" {
  command = plan

  variables {
    buckets = { logs = { versioning = true } }
  }

  expect_failures = [var.buckets]
}

run "refuses_expiry_before_archive" {
  command = plan

  variables {
    buckets = { artifacts = { versioning = true, archive_days = 30, expire_days = 30 } }
  }

  expect_failures = [var.buckets]
}

run "refuses_bad_names" {
  command = plan

  variables {
    name         = "Example"
    repositories = ["Gateway"]
  }

  expect_failures = [var.name, var.repositories]
}

run "refuses_bad_numbers" {
  command = plan

  variables {
    keep_images      = 0
    noncurrent_days  = 0
    object_lock_days = { backups = 0 }
  }

  expect_failures = [var.keep_images, var.noncurrent_days, var.object_lock_days]
}

run "refuses_bad_words" {
  command = plan

  variables {
    kms_key_arn       = "alias/storage"
    access_log_prefix = "/access"
    archive_class     = "STANDARD"
    object_lock_mode  = "STRICT"
  }

  expect_failures = [var.kms_key_arn, var.access_log_prefix, var.archive_class, var.object_lock_mode]
}
