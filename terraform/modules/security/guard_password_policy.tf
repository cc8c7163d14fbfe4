# Figures of the CIS AWS Foundations Benchmark: 14 characters, 24 remembered; 90 days from its older versions.
resource "aws_iam_account_password_policy" "this" {
  count = var.guards.password_policy ? 1 : 0

  minimum_password_length        = 14
  password_reuse_prevention      = 24
  max_password_age               = 90
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}
