mock_provider "aws" {
  mock_resource "aws_ce_anomaly_monitor" {
    defaults = { arn = "arn:aws:ce::123456789012:anomalymonitor/11111111-1111-1111-1111-111111111111" }
  }
}

variables {
  name      = "groundplan-test"
  tags      = { environment = "test" }
  budget    = 300
  tag       = { key = "environment", value = "test" }
  topic_arn = "arn:aws:sns:us-east-1:123456789012:groundplan-test"
  emails    = ["platform-team@groundplan.example"]
}

run "budget_counts_the_tag_by_the_month" {
  command = plan

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "300.00" && aws_budgets_budget.this.limit_unit == "USD" && aws_budgets_budget.this.time_unit == "MONTHLY"
    error_message = "the budget is 300 US dollars a month"
  }

  assert {
    condition     = flatten([for filter in aws_budgets_budget.this.cost_filter : filter.values]) == ["user:environment$test"]
    error_message = "only what bears the tag is counted"
  }
}

run "budget_tells_at_80_and_100_percent_and_by_forecast" {
  command = plan

  assert {
    condition     = toset([for notice in aws_budgets_budget.this.notification : "${notice.notification_type} ${notice.threshold}"]) == toset(["ACTUAL 80", "ACTUAL 100", "FORECASTED 100"])
    error_message = "three notices: nearly spent, spent, and about to be"
  }

  assert {
    condition     = alltrue([for notice in aws_budgets_budget.this.notification : notice.subscriber_sns_topic_arns == toset([var.topic_arn]) && notice.subscriber_email_addresses == toset(var.emails)])
    error_message = "each notice goes to the topic and to the addresses"
  }
}

run "anomalies_of_the_tag_are_told_at_once_and_daily" {
  command = plan

  assert {
    condition     = jsondecode(aws_ce_anomaly_monitor.this.monitor_specification).Tags.Key == "environment" && jsondecode(aws_ce_anomaly_monitor.this.monitor_specification).Tags.Values == ["test"]
    error_message = "the monitor watches what bears the tag"
  }

  assert {
    condition     = { for key, subscription in aws_ce_anomaly_subscription.this : key => subscription.frequency } == { daily = "DAILY", immediate = "IMMEDIATE" }
    error_message = "the topic is told at once, addresses daily"
  }

  assert {
    condition     = alltrue([for subscription in aws_ce_anomaly_subscription.this : join(",", subscription.threshold_expression[0].dimension[0].values) == "20"])
    error_message = "from 20 US dollars on"
  }
}

run "without_addresses_the_topic_is_told" {
  command = plan

  variables {
    emails = []
  }

  assert {
    condition     = join(" ", keys(aws_ce_anomaly_subscription.this)) == "immediate"
    error_message = "without addresses there is no daily summary"
  }
}

run "tag_is_activated_when_asked" {
  command = plan

  variables {
    activate_tag = true
  }

  assert {
    condition     = aws_ce_cost_allocation_tag.this["environment"].status == "Active"
    error_message = "the tag becomes a cost allocation tag"
  }
}

run "tag_is_left_alone_by_default" {
  command = plan

  assert {
    condition     = length(aws_ce_cost_allocation_tag.this) == 0
    error_message = "what only the paying account may do is not tried"
  }
}

run "everything_taggable_is_tagged" {
  command = plan

  assert {
    condition = alltrue([
      for tags in concat([aws_budgets_budget.this.tags, aws_ce_anomaly_monitor.this.tags], [for subscription in aws_ce_anomaly_subscription.this : subscription.tags]) :
      tags["environment"] == "test" && startswith(tags["Name"], "groundplan-test")
    ])
    error_message = "every resource carries the tags given and a Name"
  }
}

run "refuses_a_name_that_resources_cannot_bear" {
  command = plan

  variables {
    name = "Ground Plan"
  }

  expect_failures = [var.name]
}

run "refuses_a_budget_of_nothing" {
  command = plan

  variables {
    budget      = 0
    anomaly_usd = 0
  }

  expect_failures = [var.budget, var.anomaly_usd]
}

run "refuses_a_tag_without_value_or_of_aws" {
  command = plan

  variables {
    tag = { key = "aws:createdBy", value = "test" }
  }

  expect_failures = [var.tag]
}

run "refuses_an_address_that_is_none" {
  command = plan

  variables {
    emails = ["platform-team"]
  }

  expect_failures = [var.emails]
}
