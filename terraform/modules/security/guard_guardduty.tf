resource "aws_guardduty_detector" "this" {
  #checkov:skip=CKV2_AWS_3:it asks for an organization, which only the account that administers one can set up, by guardduty_organization; owner: platform-team
  count = var.guards.guardduty ? 1 : 0

  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"

  tags = merge(var.tags, { Name = "${var.name}-detector" })
}

resource "aws_guardduty_detector_feature" "this" {
  for_each = var.guards.guardduty ? var.guardduty_features : []

  detector_id = aws_guardduty_detector.this[0].id
  name        = each.key
  status      = "ENABLED"
}

# Only the organization's delegated administrator may do this; it brings new accounts under the same watch.
resource "aws_guardduty_organization_configuration" "this" {
  count = local.watches_organization ? 1 : 0

  detector_id                      = aws_guardduty_detector.this[0].id
  auto_enable_organization_members = "ALL"
}
