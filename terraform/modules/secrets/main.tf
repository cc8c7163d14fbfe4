# Secrets and their first values. A value goes from memory into the secret and is in no file: what
# draws it is ephemeral, what takes it is write-only.

locals {
  drawn = { for name, secret in var.secrets : name => secret if !secret.given }
}

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:a new value must reach the pods that hold the old one, so a person rotates by put-secret-value; owner: platform-team
  for_each = var.secrets

  name                    = "${var.name}/${each.key}"
  description             = each.value.description
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days

  tags = merge(var.tags, { Name = "${var.name}/${each.key}" })

  lifecycle {
    precondition {
      condition     = !each.value.given || contains(keys(var.values), each.key)
      error_message = "values must hold ${each.key}, which is given."
    }
  }
}

# AWS takes characters away from its alphabet: what is left are letters and digits, or the digits
# of base 16.
ephemeral "aws_secretsmanager_random_password" "this" {
  for_each = local.drawn

  password_length            = each.value.length
  exclude_punctuation        = true
  exclude_uppercase          = each.value.alphabet == "hexadecimal"
  exclude_characters         = each.value.alphabet == "hexadecimal" ? "ghijklmnopqrstuvwxyz" : ""
  require_each_included_type = true
}

locals {
  values = {
    for name, secret in var.secrets : name =>
    secret.given ? lookup(var.values, name, null) : ephemeral.aws_secretsmanager_random_password.this[name].random_password
  }
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = var.secrets

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = each.value.fields == null ? local.values[each.key] : jsonencode(merge(each.value.fields, { password = local.values[each.key] }))
  secret_string_wo_version = each.value.version
}
