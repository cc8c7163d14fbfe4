# Events that have no metric. What is not turned on in the account sends none and costs nothing.
locals {
  database_events = length(var.database_identifiers) == 0 ? {} : {
    database = {
      text = "A database failed, failed over, or runs out of storage"
      pattern = {
        source      = ["aws.rds"]
        detail-type = ["RDS DB Instance Event"]
        detail = {
          SourceIdentifier = var.database_identifiers
          EventCategories  = ["availability", "failover", "failure", "low storage", "recovery"]
        }
      }
    }
  }

  account_events = {
    health = {
      text    = "AWS tells of trouble or of planned work"
      pattern = { source = ["aws.health"], detail-type = ["AWS Health Event"] }
    }
    findings = {
      text = "GuardDuty found something"
      pattern = {
        source      = ["aws.guardduty"]
        detail-type = ["GuardDuty Finding"]
        detail      = { severity = [{ numeric = [">=", var.findings_from_severity] }] }
      }
    }
    root = {
      text = "Somebody signed in as the account's root"
      pattern = {
        detail-type = ["AWS Console Sign In via CloudTrail"]
        detail      = { userIdentity = { type = ["Root"] } }
      }
    }
    keys = {
      text = "Somebody disabled a key or ordered its deletion"
      pattern = {
        source      = ["aws.kms"]
        detail-type = ["AWS API Call via CloudTrail"]
        detail      = { eventSource = ["kms.amazonaws.com"], eventName = ["DisableKey", "ScheduleKeyDeletion"] }
      }
    }
    backups = {
      text = "A backup, a copy of one or a restore failed"
      pattern = {
        source      = ["aws.backup"]
        detail-type = ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"]
        detail = {
          "$or" = [{ state = ["ABORTED", "EXPIRED", "FAILED"] }, { status = ["ABORTED", "EXPIRED", "FAILED"] }]
        }
      }
    }
    certificates = {
      text    = "A certificate is about to expire"
      pattern = { source = ["aws.acm"], detail-type = ["ACM Certificate Approaching Expiration"] }
    }
  }

  events = merge(local.account_events, local.database_events)
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.events

  name          = "${var.name}-${each.key}"
  description   = each.value.text
  event_pattern = jsonencode(each.value.pattern)

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.events

  rule      = aws_cloudwatch_event_rule.this[each.key].name
  target_id = "alarms"
  arn       = aws_sns_topic.this.arn
}
