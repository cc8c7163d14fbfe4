locals {
  notifications = {
    warned   = { type = "ACTUAL", threshold = 80 }
    spent    = { type = "ACTUAL", threshold = 100 }
    forecast = { type = "FORECASTED", threshold = 100 }
  }

  # AWS tells anomalies at once by SNS only and by e-mail only in a daily summary.
  subscriptions = merge(
    { immediate = { frequency = "IMMEDIATE", type = "SNS", addresses = [var.topic_arn] } },
    { for key in ["daily"] : key => { frequency = "DAILY", type = "EMAIL", addresses = var.emails } if length(var.emails) > 0 },
  )
}

resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = format("%.2f", var.budget)
  limit_unit   = "USD"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:%s$%s", var.tag.key, var.tag.value)]
  }

  dynamic "notification" {
    for_each = local.notifications

    content {
      notification_type          = notification.value.type
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value.threshold
      threshold_type             = "PERCENTAGE"
      subscriber_sns_topic_arns  = [var.topic_arn]
      subscriber_email_addresses = var.emails
    }
  }

  tags = merge(var.tags, { Name = var.name })
}

# By tag, not by service: an account has one monitor by service but room for many of this kind.
resource "aws_ce_anomaly_monitor" "this" {
  name         = var.name
  monitor_type = "CUSTOM"

  monitor_specification = jsonencode({
    And            = null
    CostCategories = null
    Dimensions     = null
    Not            = null
    Or             = null
    Tags = {
      Key          = var.tag.key
      MatchOptions = null
      Values       = [var.tag.value]
    }
  })

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_ce_anomaly_subscription" "this" {
  for_each = local.subscriptions

  name             = "${var.name}-${each.key}"
  frequency        = each.value.frequency
  monitor_arn_list = [aws_ce_anomaly_monitor.this.arn]

  dynamic "subscriber" {
    for_each = each.value.addresses

    content {
      type    = each.value.type
      address = subscriber.value
    }
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.anomaly_usd)]
    }
  }

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_ce_cost_allocation_tag" "this" {
  for_each = toset(var.activate_tag ? [var.tag.key] : [])

  tag_key = each.key
  status  = "Active"
}
