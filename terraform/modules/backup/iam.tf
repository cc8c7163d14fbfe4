locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "backup.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })

  policy_prefix = "arn:${local.partition}:iam::aws:policy"

  # AWS keeps these in step with the kinds of resources that AWS Backup learns. S3 is apart.
  backup_policies  = ["service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup"]
  restore_policies = ["service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore"]
}

resource "aws_iam_role" "backup" {
  name                 = "${var.name}-backup"
  description          = "AWS Backup makes backups"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary_arn

  tags = merge(var.tags, { Name = "${var.name}-backup" })
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset(local.backup_policies)

  role       = aws_iam_role.backup.name
  policy_arn = "${local.policy_prefix}/${each.key}"
}

# Who makes backups cannot restore, and so cannot read them.
resource "aws_iam_role" "restore" {
  count = var.restore_testing ? 1 : 0

  name                 = "${var.name}-restore"
  description          = "AWS Backup tries restores"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary_arn

  tags = merge(var.tags, { Name = "${var.name}-restore" })
}

resource "aws_iam_role_policy_attachment" "restore" {
  for_each = var.restore_testing ? toset(local.restore_policies) : []

  role       = aws_iam_role.restore[0].name
  policy_arn = "${local.policy_prefix}/${each.key}"
}
