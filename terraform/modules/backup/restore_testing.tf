locals {
  # Restore testing admits letters, digits and underscores only.
  restore_name = replace(var.name, "-", "_")
}

resource "aws_backup_restore_testing_plan" "this" {
  count = var.restore_testing ? 1 : 0

  name                = local.restore_name
  schedule_expression = var.restore_schedule
  start_window_hours  = 1

  recovery_point_selection {
    algorithm             = "LATEST_WITHIN_WINDOW"
    include_vaults        = [aws_backup_vault.this.arn]
    recovery_point_types  = var.continuous ? ["CONTINUOUS", "SNAPSHOT"] : ["SNAPSHOT"]
    selection_window_days = 7
  }

  tags = merge(var.tags, { Name = local.restore_name })
}

resource "aws_backup_restore_testing_selection" "this" {
  for_each = var.restore_testing ? var.restore_types : {}

  name                       = "${local.restore_name}_${lower(each.key)}"
  restore_testing_plan_name  = aws_backup_restore_testing_plan.this[0].name
  protected_resource_type    = each.key
  iam_role_arn               = aws_iam_role.restore[0].arn
  restore_metadata_overrides = each.value
  validation_window_hours    = var.restore_keep_hours

  protected_resource_conditions {
    dynamic "string_equals" {
      for_each = var.selection_tag

      content {
        key   = "aws:ResourceTag/${string_equals.key}"
        value = string_equals.value
      }
    }
  }
}
