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
  mock_resource "aws_backup_vault" {
    defaults = { arn = "arn:aws:backup:us-east-1:123456789012:backup-vault:groundplan-test" }
  }
}

variables {
  name            = "groundplan-test"
  tags            = { owner = "platform-team" }
  kms_key_arn     = "arn:aws:kms:us-east-1:123456789012:key/one"
  selection_tag   = { backup = "true", environment = "test" }
  restore_testing = true
}

run "backups_are_daily_encrypted_and_kept" {
  assert {
    condition     = aws_backup_vault.this.kms_key_arn == var.kms_key_arn && !aws_backup_vault.this.force_destroy
    error_message = "our key, and a destroy does not empty the vault"
  }

  assert {
    condition = alltrue([
      for rule in aws_backup_plan.this.rule :
      rule.schedule == "cron(0 3 * * ? *)" && one(rule.lifecycle).delete_after == 35 && length(rule.copy_action) == 0
    ])
    error_message = "at three each night, for 35 days, in this vault only"
  }

  assert {
    condition     = length(aws_backup_vault_lock_configuration.this) == 0
    error_message = "no lock unless asked"
  }
}

run "nobody_but_the_root_deletes_a_backup" {
  assert {
    condition = jsondecode(aws_backup_vault_policy.this.policy).Statement[0] == {
      Sid       = "KeepBackupsUntilTheirTime"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
      Resource  = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:root"] } }
    }
    error_message = "deletion is refused to everybody else"
  }
}

run "what_has_all_the_tags_is_backed_up" {
  assert {
    condition = { for condition in one(aws_backup_selection.this.condition).string_equals : condition.key => condition.value } == {
      "aws:ResourceTag/backup" = "true", "aws:ResourceTag/environment" = "test"
    }
    error_message = "both tags, not one of them"
  }

  assert {
    condition     = aws_backup_selection.this.iam_role_arn == aws_iam_role.backup.arn && length(aws_iam_role_policy_attachment.backup) == 2
    error_message = "by the role that can only make backups"
  }
}

run "restores_are_tried_weekly" {
  assert {
    condition = (
      aws_backup_restore_testing_plan.this[0].name == "groundplan_test"
      && aws_backup_restore_testing_plan.this[0].schedule_expression == "cron(0 5 ? * SUN *)"
      && aws_backup_restore_testing_selection.this["RDS"].iam_role_arn == aws_iam_role.restore[0].arn
    )
    error_message = "each Sunday, the latest, by a role of its own"
  }
}

run "restores_are_not_tried_unless_asked" {
  variables {
    restore_testing = false
  }

  assert {
    condition = 0 == sum([
      length(aws_backup_restore_testing_plan.this), length(aws_backup_restore_testing_selection.this),
      length(aws_iam_role.restore), length(aws_iam_role_policy_attachment.restore),
    ])
    error_message = "no plan, and nobody who could restore"
  }
}

run "copies_cold_storage_and_the_lock_are_options" {
  variables {
    copy_vault_arn        = "arn:aws:backup:eu-west-1:123456789012:backup-vault:copy"
    cold_after_days       = 30
    keep_days             = 120
    lock_days             = 14
    lock_final_after_days = 3
    deleter_arns          = ["arn:aws:iam::123456789012:role/break-glass"]
  }

  assert {
    condition = alltrue([
      for rule in aws_backup_plan.this.rule :
      one(rule.copy_action).destination_vault_arn == var.copy_vault_arn && one(rule.lifecycle).cold_storage_after == 30
    ])
    error_message = "a copy, and cold storage"
  }

  assert {
    condition = (
      aws_backup_vault_lock_configuration.this[0].min_retention_days == 14
      && aws_backup_vault_lock_configuration.this[0].changeable_for_days == 3
    )
    error_message = "locked, for good after three days"
  }

  assert {
    condition     = strcontains(aws_backup_vault_policy.this.policy, "role/break-glass")
    error_message = "whoever is named may delete"
  }
}

run "everything_is_tagged" {
  assert {
    condition = alltrue([
      for tags in concat(
        [aws_backup_vault.this.tags, aws_backup_plan.this.tags, aws_iam_role.backup.tags], aws_iam_role.restore[*].tags,
        aws_backup_restore_testing_plan.this[*].tags, [for rule in aws_backup_plan.this.rule : rule.recovery_point_tags],
      ) : tags["owner"] == "platform-team" && length(tags["Name"]) > 0
    ])
    error_message = "the caller's tags and a name everywhere"
  }
}

run "refuses_a_selection_of_everything" {
  command = plan
  variables {
    selection_tag = {}
  }
  expect_failures = [var.selection_tag]
}

run "refuses_backups_kept_for_less_than_a_week" {
  command = plan
  variables {
    keep_days = 1
  }
  expect_failures = [var.keep_days]
}

run "refuses_a_schedule_that_is_none" {
  command = plan
  variables {
    schedule = "daily"
  }
  expect_failures = [var.schedule]
}

run "refuses_a_lock_that_is_final_at_once" {
  command = plan
  variables {
    lock_days             = 7
    lock_final_after_days = 1
  }
  expect_failures = [var.lock_final_after_days]
}

run "refuses_a_lock_that_refuses_every_backup" {
  command = plan
  variables {
    keep_days = 7
    lock_days = 30
  }
  expect_failures = [aws_backup_vault_lock_configuration.this]
}

run "refuses_cold_storage_that_is_too_short" {
  command = plan
  variables {
    keep_days       = 35
    cold_after_days = 30
  }
  expect_failures = [aws_backup_plan.this]
}

run "refuses_continuous_backups_that_are_too_long" {
  command = plan
  variables {
    keep_days  = 60
    continuous = true
  }
  expect_failures = [aws_backup_plan.this]
}

run "refuses_a_deleter_that_is_everybody" {
  command = plan
  variables {
    deleter_arns = ["arn:aws:iam::123456789012:role/*"]
  }
  expect_failures = [var.deleter_arns]
}
