# The buckets of the reference and two repositories; each option by what it adds, each guard by
# what it refuses.

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
    condition     = length(aws_s3_bucket_replication_configuration.this) == 0 && length(aws_iam_role.replication) == 0 && length(aws_s3_bucket_object_lock_configuration.this) == 0
    error_message = "replication and object lock are off unless asked for"
  }
  assert {
    condition     = { for key, versioning in aws_s3_bucket_versioning.this : key => versioning.versioning_configuration[0].status } == { artifacts = "Enabled", logs = "Suspended", backups = "Enabled" }
    error_message = "versioning is as the file says"
  }
}

run "every_bucket_is_closed" {
  command = plan

  assert {
    condition = alltrue([for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 3
    error_message = "all four public access blocks hold for every bucket"
  }
  assert {
    condition     = alltrue([for controls in aws_s3_bucket_ownership_controls.this : controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "access lists are off in every bucket"
  }
  assert {
    condition = alltrue([for document in data.aws_iam_policy_document.bucket : anytrue([for statement in document.statement :
      statement.effect == "Deny" && contains(statement.actions, "s3:*") && anytrue([for condition in statement.condition :
        condition.variable == "aws:SecureTransport" && contains(condition.values, "false")
      ])
    ])])
    error_message = "every bucket refuses requests without TLS"
  }
  assert {
    condition = alltrue([for document in data.aws_iam_policy_document.bucket : anytrue([for statement in document.statement :
      statement.effect == "Deny" && anytrue([for condition in statement.condition : condition.variable == "s3:TlsVersion" && contains(condition.values, "1.2")])
    ])])
    error_message = "every bucket refuses TLS before 1.2"
  }
  assert {
    condition     = aws_s3_bucket.this["artifacts"].force_destroy == false && aws_ecr_repository.this["backend"].force_delete == false
    error_message = "a destroy keeps what holds data"
  }
}

run "every_bucket_is_encrypted" {
  command = plan

  assert {
    condition = alltrue([for key in ["artifacts", "backups"] : alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.this[key].rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
    ])])
    error_message = "buckets are encrypted by the KMS key"
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this["logs"].rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"])
    error_message = "the bucket of access logs is encrypted by S3's own keys"
  }
}

run "access_is_logged" {
  command = plan

  assert {
    condition     = { for key, logging in aws_s3_bucket_logging.this : key => logging.target_prefix } == { artifacts = "access/artifacts/", backups = "access/backups/" }
    error_message = "every bucket but the logs bucket logs its access under its own prefix"
  }
  assert {
    condition     = { for key, document in data.aws_iam_policy_document.bucket : key => length([for statement in document.statement : statement if statement.effect != "Deny"]) } == { artifacts = 0, logs = 2, backups = 0 }
    error_message = "only the logs bucket lets S3 deliver logs, those of the two others"
  }
  assert {
    condition     = alltrue([for notification in aws_s3_bucket_notification.this : notification.eventbridge]) && length(aws_s3_bucket_notification.this) == 3
    error_message = "every bucket tells EventBridge of its events"
  }
}

run "objects_age" {
  command = plan

  assert {
    condition = alltrue([for lifecycle in aws_s3_bucket_lifecycle_configuration.this : anytrue([
      for rule in lifecycle.rule : length(rule.abort_incomplete_multipart_upload) == 1
    ])])
    error_message = "abandoned uploads go in every bucket"
  }
  assert {
    condition = flatten([for rule in aws_s3_bucket_lifecycle_configuration.this["artifacts"].rule :
      [for transition in sort([for step in rule.transition : "${format("%03d", step.days)} ${step.storage_class}"]) : transition]
    ]) == ["030 STANDARD_IA", "090 GLACIER_IR"]
    error_message = "artifacts move to infrequent access, then to the archive class"
  }
  assert {
    condition = flatten([for rule in aws_s3_bucket_lifecycle_configuration.this["backups"].rule :
      [for step in rule.transition : "${step.days} ${step.storage_class}"]
    ]) == ["7 GLACIER_IR"]
    error_message = "what is archived early skips infrequent access"
  }
  assert {
    condition = { for key, lifecycle in aws_s3_bucket_lifecycle_configuration.this : key => flatten([for rule in lifecycle.rule : rule.noncurrent_version_expiration[*].noncurrent_days]) } == {
      artifacts = [30], logs = [], backups = [30]
    }
    error_message = "old versions go from versioned buckets"
  }
  assert {
    condition = { for key, lifecycle in aws_s3_bucket_lifecycle_configuration.this : key => flatten([for rule in lifecycle.rule : rule.expiration[*].days]) } == {
      artifacts = [365], logs = [400], backups = [35]
    }
    error_message = "objects go after expire_days"
  }
}

run "bucket_without_ages_keeps_its_objects" {
  command = plan

  variables {
    buckets = {}
    logs    = { versioning = false }
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this["logs"].rule) == 1
    error_message = "without archive_days and expire_days only abandoned uploads go"
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

run "replication_copies_one_bucket" {
  command = plan

  variables {
    replication = {
      region_bucket_arn = "arn:aws:s3:::example-copy"
      kms_key_arn       = "arn:aws:kms:us-west-2:123456789012:key/copy"
    }
  }

  assert {
    condition     = keys(aws_s3_bucket_replication_configuration.this) == ["backups"] && keys(aws_iam_role.replication) == ["backups"]
    error_message = "the backups are copied, by one role"
  }
  assert {
    condition     = !anytrue([for statement in data.aws_iam_policy_document.replication["backups"].statement : contains(statement.actions, "s3:ReplicateDelete")])
    error_message = "the role can delete nothing"
  }
  assert {
    condition     = toset(data.aws_iam_policy_document.replication["backups"].statement[2].resources) == toset(["arn:aws:s3:::example-copy/*"])
    error_message = "the role writes to the copy only"
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_replication_configuration.this["backups"].rule : rule.destination[0].encryption_configuration[0].replica_kms_key_id == "arn:aws:kms:us-west-2:123456789012:key/copy"])
    error_message = "the copy is encrypted by the key of its region"
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

  expect_failures = [aws_s3_bucket_replication_configuration.this]
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

  expect_failures = [aws_s3_bucket.this]
}

run "object_lock_holds_new_objects" {
  command = plan

  variables {
    object_lock_days = { backups = 7 }
  }

  assert {
    condition     = { for key, bucket in aws_s3_bucket.this : key => bucket.object_lock_enabled } == { artifacts = false, logs = false, backups = true }
    error_message = "only the named bucket is locked"
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.this["backups"].rule[0].default_retention[0].days == 7 && aws_s3_bucket_object_lock_configuration.this["backups"].rule[0].default_retention[0].mode == "GOVERNANCE"
    error_message = "its objects are kept a week, in governance mode"
  }
}

run "object_lock_refuses_the_logs_bucket" {
  command = plan

  variables {
    object_lock_days = { logs = 7 }
  }

  expect_failures = [aws_s3_bucket.this]
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition = alltrue([for tags in concat([for bucket in aws_s3_bucket.this : bucket.tags], [for repository in aws_ecr_repository.this : repository.tags]) :
      tags["owner"] == "platform-team" && tags["Name"] != ""
    ])
    error_message = "buckets and repositories carry the tags and a Name"
  }
}

run "other_buckets_and_load_balancers_log_there_too" {
  command = plan

  variables {
    log_sources              = { guards = "example-guards-123456789012" }
    load_balancer_log_prefix = "load-balancer"
  }

  assert {
    condition = one([for statement in data.aws_iam_policy_document.bucket["logs"].statement : one([for condition in statement.condition : tolist(condition.values) if condition.variable == "aws:SourceArn"])
      if statement.sid == "AllowAccessLogsGuards"
    ]) == tolist(["arn:aws:s3:::example-guards-123456789012"])
    error_message = "a further bucket delivers its logs, and only that one"
  }
  assert {
    condition = one([for statement in data.aws_iam_policy_document.bucket["logs"].statement : one(statement.principals).identifiers
      if statement.sid == "AllowLoadBalancerLogs"
    ]) == toset(["logdelivery.elasticloadbalancing.amazonaws.com"])
    error_message = "load balancers deliver theirs"
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
