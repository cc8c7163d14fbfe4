# Two buckets, one of which takes the access logs of the other; each option by what it adds, each
# guard by what it refuses.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }
}

variables {
  tags = { owner = "platform-team" }

  buckets = {
    files = {
      name         = "example-files"
      encryption   = { kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/files" }
      archive_days = 90
      expire_days  = 365
    }
    logs = { name = "example-logs", versioning = false, expire_days = 400 }
  }

  access_logs = { files = { bucket = "example-logs", prefix = "files/" } }
}

run "every_bucket_is_closed" {
  command = plan

  assert {
    condition = alltrue([for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 2
    error_message = "all four public access blocks hold for every bucket"
  }
  assert {
    condition     = alltrue([for controls in aws_s3_bucket_ownership_controls.this : controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "access lists are off in every bucket"
  }
  assert {
    condition = {
      for key, policy in aws_s3_bucket_policy.this : key => [
        for statement in jsondecode(policy.policy).Statement : "${statement.Effect} ${statement.Sid} ${statement.Resource[1]}"
      ]
      } == {
      for key in ["files", "logs"] : key => [
        "Deny RefusePlainHttp arn:aws:s3:::example-${key}/*", "Deny RefuseOldTls arn:aws:s3:::example-${key}/*",
      ]
    }
    error_message = "a policy only refuses, unless the caller lets others in"
  }
  assert {
    condition = alltrue([
      for policy in aws_s3_bucket_policy.this : [for statement in jsondecode(policy.policy).Statement : jsonencode(statement.Condition)] == [
        jsonencode({ Bool = { "aws:SecureTransport" = "false" } }), jsonencode({ NumericLessThan = { "s3:TlsVersion" = "1.2" } }),
      ]
    ])
    error_message = "what it refuses is plain HTTP and TLS before 1.2"
  }
  assert {
    condition     = alltrue([for bucket in aws_s3_bucket.this : !bucket.force_destroy && !bucket.object_lock_enabled])
    error_message = "a destroy keeps what holds data, and locks are asked for"
  }
}

run "what_the_caller_lets_others_do_stands_in_the_policy" {
  command = plan

  variables {
    statements = { logs = [jsonencode({ Sid = "LetTrailWrite", Effect = "Allow", Action = "s3:PutObject" })] }
  }

  assert {
    condition = {
      for key, policy in aws_s3_bucket_policy.this : key => [
        for statement in jsondecode(policy.policy).Statement : statement.Sid if statement.Effect == "Allow"
      ]
    } == { files = [], logs = ["LetTrailWrite"] }
    error_message = "in that bucket's only, beside what every bucket refuses"
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this["logs"].policy).Statement[*].Sid == ["LetTrailWrite", "RefusePlainHttp", "RefuseOldTls"]
    error_message = "the caller's first, so that a reader finds who is let in"
  }
}

run "every_bucket_is_encrypted" {
  command = plan

  assert {
    condition = {
      for key, encryption in aws_s3_bucket_server_side_encryption_configuration.this : key => [
        for rule in encryption.rule :
        "${rule.apply_server_side_encryption_by_default[0].sse_algorithm} ${coalesce(rule.apply_server_side_encryption_by_default[0].kms_master_key_id, "none")}"
      ]
    } == { files = ["aws:kms arn:aws:kms:us-east-1:123456789012:key/files"], logs = ["AES256 none"] }
    error_message = "by the given key, else by S3's own"
  }
  assert {
    condition     = { for key, versioning in aws_s3_bucket_versioning.this : key => versioning.versioning_configuration[0].status } == { files = "Enabled", logs = "Suspended" }
    error_message = "versioned unless the caller says otherwise"
  }
}

run "access_is_logged" {
  command = plan

  assert {
    condition     = { for key, logging in aws_s3_bucket_logging.this : key => "${logging.target_bucket} ${logging.target_prefix}" } == { files = "example-logs files/" }
    error_message = "where the caller says, and nowhere else"
  }
  assert {
    condition     = alltrue([for notification in aws_s3_bucket_notification.this : notification.eventbridge]) && length(aws_s3_bucket_notification.this) == 2
    error_message = "every bucket tells EventBridge of its events"
  }
}

run "objects_age" {
  command = plan

  variables {
    buckets = {
      files = { name = "example-files", archive_days = 90, expire_days = 365 }
      early = { name = "example-early", archive_days = 7, archive_class = "GLACIER", expire_days = 35, aging_prefix = "files/" }
      kept  = { name = "example-kept", noncurrent_days = 90 }
      plain = { name = "example-plain", versioning = false }
    }
  }

  assert {
    condition = alltrue([for lifecycle in aws_s3_bucket_lifecycle_configuration.this : anytrue([
      for rule in lifecycle.rule : length(rule.abort_incomplete_multipart_upload) == 1
    ])])
    error_message = "abandoned uploads go in every bucket"
  }
  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this["early"].rule : rule.filter[0].prefix if rule.id == "age"] == ["files/"]
    error_message = "only objects below the prefix age, and all is cleaned"
  }
  assert {
    condition = { for key, lifecycle in aws_s3_bucket_lifecycle_configuration.this : key => flatten([
      for rule in lifecycle.rule : sort([for step in rule.transition : "${format("%03d", step.days)} ${step.storage_class}"])
    ]) } == { files = ["030 STANDARD_IA", "090 GLACIER_IR"], early = ["007 GLACIER"], kept = [], plain = [] }
    error_message = "to infrequent access where they stay there a month, then to the archive class"
  }
  assert {
    condition = {
      for key in ["files", "early"] : key => one(one([for rule in aws_s3_bucket_lifecycle_configuration.this[key].rule : rule if rule.id == "age"]).expiration).days
    } == { files = 365, early = 35 }
    error_message = "objects go after expire_days"
  }
  assert {
    condition = { for key, lifecycle in aws_s3_bucket_lifecycle_configuration.this : key => flatten([
      for rule in lifecycle.rule : rule.noncurrent_version_expiration[*].noncurrent_days
    ]) } == { files = [30], early = [30], kept = [90], plain = [30] }
    error_message = "old versions go, also those from before versions were suspended"
  }
  assert {
    condition = alltrue([
      for key in ["kept", "plain"] : one(one([for rule in aws_s3_bucket_lifecycle_configuration.this[key].rule : rule if rule.id == "age"]).expiration).expired_object_delete_marker
    ])
    error_message = "without expire_days objects stay, and only marks of deleted ones go"
  }
}

run "a_lock_holds_new_objects" {
  command = plan

  variables {
    buckets = {
      files = { name = "example-files", object_lock = { mode = "GOVERNANCE", days = 7 } }
      logs  = { name = "example-logs" }
    }
  }

  assert {
    condition     = { for key, bucket in aws_s3_bucket.this : key => bucket.object_lock_enabled } == { files = true, logs = false }
    error_message = "only the named bucket is locked"
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.this["files"].rule[0].default_retention[0].days == 7 && aws_s3_bucket_object_lock_configuration.this["files"].rule[0].default_retention[0].mode == "GOVERNANCE"
    error_message = "its objects are kept as long as the caller says"
  }
}

run "one_bucket_is_copied" {
  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    replication = {
      files = {
        bucket_arn  = "arn:aws:s3:::example-copy"
        kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/copy"
        role_name   = "example-replication"
      }
    }
  }

  assert {
    condition     = keys(aws_s3_bucket_replication_configuration.this) == ["files"] && aws_iam_role.replication["files"].name == "example-replication"
    error_message = "the named bucket, by a role of that name"
  }
  assert {
    condition     = aws_iam_role.replication["files"].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "the role has its boundary"
  }
  assert {
    condition = jsondecode(aws_iam_role.replication["files"].assume_role_policy).Statement[0].Condition.StringEquals == {
      "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:s3:::example-files"
    }
    error_message = "S3 takes the role for this bucket only"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.replication["files"].policy, "Delete") && !strcontains(aws_iam_role_policy.replication["files"].policy, ":*\"")
    error_message = "the role can delete nothing"
  }
  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.replication["files"].policy).Statement : statement.Action[0] => statement.Resource
      } == {
      "s3:GetReplicationConfiguration" = "arn:aws:s3:::example-files"
      "s3:GetObjectLegalHold"          = "arn:aws:s3:::example-files/*"
      "s3:ReplicateObject"             = "arn:aws:s3:::example-copy/*"
      "kms:Encrypt"                    = "arn:aws:kms:us-west-2:123456789012:key/copy"
      "kms:Decrypt"                    = "arn:aws:kms:us-east-1:123456789012:key/files"
    }
    error_message = "it reads here, writes there, each by its key"
  }
  assert {
    condition     = one(one(aws_s3_bucket_replication_configuration.this["files"].rule[0].destination).encryption_configuration).replica_kms_key_id == "arn:aws:kms:us-west-2:123456789012:key/copy"
    error_message = "the copy is encrypted by the key of its region"
  }
}

run "everything_is_tagged" {
  assert {
    condition     = alltrue([for bucket in aws_s3_bucket.this : bucket.tags["owner"] == "platform-team" && bucket.tags["Name"] == bucket.bucket])
    error_message = "the caller's tags and a name everywhere"
  }
  assert {
    condition     = output.names == { files = "example-files", logs = "example-logs" }
    error_message = "names by key"
  }
}

run "no_bucket_is_none" {
  variables {
    buckets     = {}
    access_logs = {}
  }

  assert {
    condition     = length(aws_s3_bucket.this) == 0 && length(output.names) == 0
    error_message = "a caller without a bucket makes nothing"
  }
}

run "refuses_a_name_that_aws_refuses" {
  command = plan
  variables {
    buckets     = { files = { name = "Files" } }
    access_logs = {}
  }
  expect_failures = [var.buckets]
}

run "refuses_expiry_before_archive" {
  command = plan
  variables {
    buckets     = { files = { name = "files", archive_days = 30, expire_days = 30 } }
    access_logs = {}
  }
  expect_failures = [var.buckets]
}

run "refuses_a_day_that_is_none" {
  command = plan
  variables {
    buckets     = { files = { name = "files", noncurrent_days = 0 } }
    access_logs = {}
  }
  expect_failures = [var.buckets]
}

run "refuses_a_class_that_is_no_archive" {
  command = plan
  variables {
    buckets     = { files = { name = "files", archive_class = "STANDARD" } }
    access_logs = {}
  }
  expect_failures = [var.buckets]
}

run "refuses_a_lock_without_versions" {
  command = plan
  variables {
    buckets     = { files = { name = "files", versioning = false, object_lock = { mode = "GOVERNANCE", days = 7 } } }
    access_logs = {}
  }
  expect_failures = [var.buckets]
}

run "refuses_a_copy_of_a_bucket_without_versions" {
  command = plan
  variables {
    replication = {
      logs = { bucket_arn = "arn:aws:s3:::copy", kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/copy", role_name = "copy" }
    }
  }
  expect_failures = [var.replication]
}

run "refuses_words_about_a_bucket_that_is_not_there" {
  command = plan
  variables {
    statements  = { elsewhere = [] }
    access_logs = { elsewhere = { bucket = "example-logs", prefix = "" } }
  }
  expect_failures = [var.statements, var.access_logs]
}
