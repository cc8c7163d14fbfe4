# Settings of PostgreSQL, for the instance and its replicas.

locals {
  family = "postgres${split(".", var.engine_version)[0]}"

  # RDS takes these at the next restart only; all others at once.
  parameters_at_restart = {
    "max_connections"          = tostring(var.max_connections)
    "shared_preload_libraries" = "pg_stat_statements"
  }
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-${local.family}"
  description = "Parameters of ${var.name}"
  family      = local.family

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = tostring(var.slow_statement_ms)
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }

  parameter {
    name  = "log_disconnections"
    value = "1"
  }

  parameter {
    name  = "log_lock_waits"
    value = "1"
  }

  parameter {
    name  = "statement_timeout"
    value = tostring(var.statement_timeout_ms)
  }

  parameter {
    name  = "idle_in_transaction_session_timeout"
    value = tostring(var.idle_in_transaction_timeout_ms)
  }

  dynamic "parameter" {
    for_each = local.parameters_at_restart

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-${local.family}" })

  # A major upgrade needs the new family's group before it can let go of the old one.
  lifecycle {
    create_before_destroy = true
  }
}
