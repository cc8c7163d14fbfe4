data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  root_arn  = "arn:${local.partition}:iam::${local.account}:root"
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = var.kms_key_arn

  # Backups outlive a destroy: AWS refuses to delete a vault that holds any.
  force_destroy = false

  tags = merge(var.tags, { Name = var.name })
}

# AWS Backup ends backups by their lifecycle under its own name, which this does not touch. A vault's
# policy can name no other resource than its own backups: "*" is these.
resource "aws_backup_vault_policy" "this" {
  backup_vault_name = aws_backup_vault.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "KeepBackupsUntilTheirTime"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
      Resource  = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = concat([local.root_arn], var.deleter_arns) } }
    }]
  })
}

resource "aws_backup_vault_lock_configuration" "this" {
  count = var.lock_days == null ? 0 : 1

  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = var.lock_days
  changeable_for_days = var.lock_final_after_days

  lifecycle {
    precondition {
      condition     = var.keep_days >= coalesce(var.lock_days, 1)
      error_message = "keep_days must be at least lock_days: the locked vault would refuse every backup"
    }
  }
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name                = "scheduled"
    target_vault_name        = aws_backup_vault.this.name
    schedule                 = var.schedule
    start_window             = 60
    completion_window        = 360
    enable_continuous_backup = var.continuous
    recovery_point_tags      = merge(var.tags, { Name = var.name })

    lifecycle {
      cold_storage_after = var.cold_after_days
      delete_after       = var.keep_days
    }

    dynamic "copy_action" {
      for_each = var.copy_vault_arn == null ? [] : [var.copy_vault_arn]

      content {
        destination_vault_arn = copy_action.value

        lifecycle {
          cold_storage_after = var.cold_after_days
          delete_after       = var.keep_days
        }
      }
    }
  }

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    precondition {
      condition     = var.cold_after_days == null || try(var.keep_days >= var.cold_after_days + 90, false)
      error_message = "keep_days must be at least cold_after_days and 90: cold storage keeps for 90 days"
    }

    precondition {
      condition     = !var.continuous || var.keep_days <= 35
      error_message = "keep_days must be at most 35 with continuous backups"
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn

  # Every kind of resource, narrowed by the tags below, all of which must be there.
  resources = ["*"]

  condition {
    dynamic "string_equals" {
      for_each = var.selection_tag

      content {
        key   = "aws:ResourceTag/${string_equals.key}"
        value = string_equals.value
      }
    }
  }
}
