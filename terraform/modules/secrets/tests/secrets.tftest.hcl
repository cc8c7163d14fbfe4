# The secrets of the example; how each is drawn, that none of their values is kept, and what is
# refused.

# Mocks know no ephemeral resources, so the provider is the true one, which plans what is new
# without a call. Values are given here; how they are drawn shows when an environment is applied.
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name        = "example"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/secrets"
  tags        = { owner = "platform-team" }

  secrets = {
    gateway-key      = { description = "Key", length = 64, alphabet = "hexadecimal", given = true }
    cache-password   = { description = "Cache", length = 48, given = true }
    administrator    = { description = "Person", length = 32, fields = { email = "a@groundplan.example" }, given = true }
    "database/store" = { description = "Account", length = 48, version = 3, given = true }
  }

  values = { gateway-key = "seen-by-nobody-1", cache-password = "seen-by-nobody-2", administrator = "seen-by-nobody-3", "database/store" = "seen-by-nobody-4" }
}

run "plans_every_secret" {
  command = plan

  assert {
    condition     = { for name, secret in aws_secretsmanager_secret.this : name => secret.name } == { gateway-key = "example/gateway-key", cache-password = "example/cache-password", administrator = "example/administrator", "database/store" = "example/database/store" }
    error_message = "a secret's name is the platform's, a slash and its own"
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == var.kms_key_arn])
    error_message = "every secret is encrypted by the given key"
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.recovery_window_in_days == 30])
    error_message = "a deleted secret can be called back for a month"
  }
  assert {
    condition     = alltrue([for name, secret in aws_secretsmanager_secret.this : secret.tags == tomap({ owner = "platform-team", Name = "example/${name}" })])
    error_message = "every secret carries the tags and its name"
  }
}

run "no_value_is_kept" {
  command = plan

  assert {
    condition     = alltrue([for version in aws_secretsmanager_secret_version.this : version.secret_string_wo == null])
    error_message = "what is written is not in the plan"
  }
  assert {
    condition     = alltrue([for version in aws_secretsmanager_secret_version.this : version.secret_string == null])
    error_message = "no value takes the way through the state"
  }
  assert {
    condition     = { for name, version in aws_secretsmanager_secret_version.this : name => version.secret_string_wo_version } == { gateway-key = 1, cache-password = 1, administrator = 1, "database/store" = 3 }
    error_message = "a value is written anew when its version rises, and only then"
  }
}

run "a_deletion_can_be_final" {
  command = plan

  variables {
    recovery_days = 0
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.recovery_window_in_days == 0])
    error_message = "0 deletes at once"
  }
}

run "refuses_a_given_secret_without_its_value" {
  command = plan

  variables {
    values = { gateway-key = "seen-by-nobody-1", cache-password = "seen-by-nobody-2", administrator = "seen-by-nobody-3" }
  }

  expect_failures = [aws_secretsmanager_secret.this["database/store"]]
}

run "refuses_a_short_value" {
  command = plan

  variables {
    secrets = { key = { description = "Key", length = 16 } }
  }

  expect_failures = [var.secrets]
}

run "refuses_an_unknown_alphabet" {
  command = plan

  variables {
    secrets = { key = { description = "Key", length = 32, alphabet = "base64" } }
  }

  expect_failures = [var.secrets]
}

run "refuses_a_given_password" {
  command = plan

  variables {
    secrets = { key = { description = "Key", length = 32, fields = { password = "chosen" } } }
  }

  expect_failures = [var.secrets]
}

run "refuses_a_recovery_that_aws_does_not_know" {
  command = plan

  variables {
    recovery_days = 3
  }

  expect_failures = [var.recovery_days]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan

  variables {
    kms_key_arn = "alias/secrets"
  }

  expect_failures = [var.kms_key_arn]
}
