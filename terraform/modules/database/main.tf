# The instance, its replicas and what surrounds them. Its settings are in parameters.tf,
# the proxy is in proxy.tf.

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  # Numbers from 1 are the keys: one replica more or less leaves the others as they are.
  replicas = toset([for number in range(1, var.read_replicas + 1) : tostring(number)])

  identifiers = concat([var.name], [for number in local.replicas : "${var.name}-replica-${number}"])
  log_groups = toset(flatten([
    for identifier in local.identifiers : [for log in ["postgresql", "upgrade"] : "/aws/rds/instance/${identifier}/${log}"]
  ]))

  max_storage_gib = coalesce(var.max_storage_gib, 5 * var.storage_gib)
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Database subnets of ${var.name}"
  subnet_ids  = var.subnet_ids

  tags = merge(var.tags, { Name = var.name })
}

# Made before the instance: RDS would otherwise make them without key and without end.
resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.key
  kms_key_id        = var.log_kms_key_arn
  retention_in_days = var.log_retention_days

  tags = merge(var.tags, { Name = each.key })
}

data "aws_iam_policy_document" "monitoring_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "monitoring" {
  for_each = toset(var.monitoring_seconds > 0 ? ["this"] : [])

  name               = "${var.name}-database-monitoring"
  description        = "RDS writes operating system metrics of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.monitoring_trust.json

  tags = merge(var.tags, { Name = "${var.name}-database-monitoring" })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  for_each = aws_iam_role.monitoring

  role       = each.value.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# Drawn with the instance and gone with it, so that the final snapshot of the next instance of this
# name does not meet this one's. Beside these values a new instance comes only with a new name.
resource "terraform_data" "generation" {
  triggers_replace = [var.database_name, var.kms_key_arn, var.master_username]
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = var.database_name
  port           = 5432

  username                            = var.master_username
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  allocated_storage     = var.storage_gib
  max_allocated_storage = local.max_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  multi_az               = var.multi_zone
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  parameter_group_name   = aws_db_parameter_group.this.name

  backup_retention_period   = var.backup_days
  backup_window             = var.backup_window
  copy_tags_to_snapshot     = true
  ca_cert_identifier        = var.certificate_authority
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.final_snapshot
  final_snapshot_identifier = var.final_snapshot ? coalesce(var.final_snapshot_name, "${var.name}-final-${substr(terraform_data.generation.id, 0, 8)}") : null

  maintenance_window          = var.maintenance_window
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = var.allow_major_version_upgrade
  apply_immediately           = var.apply_immediately

  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
  monitoring_interval                   = var.monitoring_seconds
  monitoring_role_arn                   = one(values(aws_iam_role.monitoring)[*].arn)
  performance_insights_enabled          = var.performance_insights_days > 0 ? true : false
  performance_insights_kms_key_id       = var.performance_insights_days > 0 ? var.kms_key_arn : null
  performance_insights_retention_period = var.performance_insights_days > 0 ? var.performance_insights_days : null

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    precondition {
      condition     = local.max_storage_gib > var.storage_gib
      error_message = "max_storage_gib must be more than storage_gib."
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy_attachment.monitoring,
  ]
}

resource "aws_db_instance" "replica" {
  for_each = local.replicas

  identifier          = "${var.name}-replica-${each.key}"
  replicate_source_db = aws_db_instance.this.identifier
  instance_class      = var.instance_class

  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  max_allocated_storage = local.max_storage_gib
  storage_encrypted     = true

  multi_az               = var.multi_zone
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  parameter_group_name   = aws_db_parameter_group.this.name

  # With backups of its own a replica that becomes the instance can be restored from the first day.
  backup_retention_period = var.backup_days
  backup_window           = var.backup_window
  copy_tags_to_snapshot   = true
  ca_cert_identifier      = var.certificate_authority
  deletion_protection     = var.deletion_protection
  # A replica holds nothing that its source does not.
  skip_final_snapshot = true

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = var.apply_immediately

  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
  monitoring_interval                   = var.monitoring_seconds
  monitoring_role_arn                   = one(values(aws_iam_role.monitoring)[*].arn)
  performance_insights_enabled          = var.performance_insights_days > 0 ? true : false
  performance_insights_kms_key_id       = var.performance_insights_days > 0 ? var.kms_key_arn : null
  performance_insights_retention_period = var.performance_insights_days > 0 ? var.performance_insights_days : null

  tags = merge(var.tags, { Name = "${var.name}-replica-${each.key}" })

  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy_attachment.monitoring,
  ]
}

resource "aws_db_event_subscription" "this" {
  for_each = toset(var.event_topic_arn == null ? [] : ["this"])

  name        = var.name
  sns_topic   = var.event_topic_arn
  source_type = "db-instance"
  source_ids  = concat([aws_db_instance.this.identifier], [for replica in aws_db_instance.replica : replica.identifier])
  event_categories = [
    "availability",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "maintenance",
    "notification",
    "recovery",
  ]

  tags = merge(var.tags, { Name = var.name })
}
