# What Prometheus in the cluster cannot see: what lies outside the cluster, or what tells that it is gone.
locals {
  database_alarms = {
    cpu = {
      metric = "CPUUtilization", statistic = "Average", above = true, threshold = 80, periods = 3,
      text   = "uses more than 80 % of its CPU for 15 minutes"
    }
    connections = {
      metric    = "DatabaseConnections", statistic = "Maximum", above = true, periods = 1,
      threshold = floor(var.database_max_connections * 0.8), text = "has four fifths of its connections taken"
    }
    storage = {
      metric    = "FreeStorageSpace", statistic = "Minimum", above = false, periods = 1,
      threshold = floor(var.database_storage_gib * 1024 * 1024 * 1024 / 10), text = "has less than a tenth of its storage free"
    }
    # Classes without credits send no such metric, and what is missing breaches nothing.
    credits = {
      metric = "CPUCreditBalance", statistic = "Minimum", above = false, threshold = 20, periods = 3,
      text   = "is about to be throttled to its baseline CPU"
    }
    replica-lag = {
      metric    = "ReplicaLag", statistic = "Average", above = true, periods = 1,
      threshold = var.database_replica_lag_seconds, text = "is behind its source"
    }
  }

  nat_alarms = {
    ports   = { metric = "ErrorPortAllocation", threshold = 0, text = "has no port left for a new connection" }
    dropped = { metric = "PacketsDropCount", threshold = 100, text = "drops packets" }
  }

  cluster_alarms = var.cluster_name == null ? {} : {
    api-errors = {
      metric = "apiserver_request_total_5XX", statistic = "Sum", threshold = 50, text = "its API server answers with 5xx"
    }
    # EKS stops writes at 8 GiB.
    etcd-size = {
      metric = "apiserver_storage_size_bytes", statistic = "Maximum", threshold = 6 * 1024 * 1024 * 1024,
      text   = "its etcd is three quarters full"
    }
  }

  per_database = merge([
    for database in var.database_identifiers : {
      for alarm, figures in local.database_alarms :
      "${database}-${alarm}" => merge(figures, { database = database })
    }
  ]...)

  per_nat = merge([
    for zone in keys(var.nat_gateway_ids) : {
      for alarm, figures in local.nat_alarms : "nat-${zone}-${alarm}" => merge(figures, { zone = zone })
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "database" {
  for_each = local.per_database

  alarm_name          = "${var.name}-database-${each.key}"
  alarm_description   = "Database ${each.value.database} ${each.value.text}."
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBInstanceIdentifier = each.value.database }
  statistic           = each.value.statistic
  comparison_operator = each.value.above ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = each.value.periods
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  tags = merge(var.tags, { Name = "${var.name}-database-${each.key}" })
}

resource "aws_cloudwatch_metric_alarm" "nat" {
  for_each = local.per_nat

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "The NAT gateway in ${each.value.zone} ${each.value.text}."
  namespace           = "AWS/NATGateway"
  metric_name         = each.value.metric
  dimensions          = { NatGatewayId = var.nat_gateway_ids[each.value.zone] }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_cloudwatch_metric_alarm" "cluster" {
  for_each = local.cluster_alarms

  alarm_name          = "${var.name}-cluster-${each.key}"
  alarm_description   = "Cluster ${var.cluster_name}: ${each.value.text}."
  namespace           = "AWS/EKS"
  metric_name         = each.value.metric
  dimensions          = { ClusterName = var.cluster_name }
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  tags = merge(var.tags, { Name = "${var.name}-cluster-${each.key}" })
}

resource "aws_cloudwatch_metric_alarm" "web_acl" {
  count = var.web_acl_name == null ? 0 : 1

  alarm_name          = "${var.name}-web-acl-blocked"
  alarm_description   = "The web ACL blocks a surge of requests."
  namespace           = "AWS/WAFV2"
  metric_name         = "BlockedRequests"
  dimensions          = { WebACL = var.web_acl_name, Region = local.region, Rule = "ALL" }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.web_acl_blocked_per_5_minutes
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  tags = merge(var.tags, { Name = "${var.name}-web-acl-blocked" })
}

resource "aws_cloudwatch_metric_alarm" "events" {
  for_each = local.events

  alarm_name          = "${var.name}-events-${each.key}-undelivered"
  alarm_description   = "Events of the rule ${var.name}-${each.key} did not reach the topic."
  namespace           = "AWS/Events"
  metric_name         = "FailedInvocations"
  dimensions          = { RuleName = aws_cloudwatch_event_rule.this[each.key].name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  tags = merge(var.tags, { Name = "${var.name}-events-${each.key}-undelivered" })
}
