output "topic_arn" {
  description = "Topic of the alarms; budgets and anomaly detection may publish to it too."
  value       = aws_sns_topic.this.arn

  # Whoever publishes must not come before the right to do so.
  depends_on = [aws_sns_topic_policy.this]
}

output "log_group_names" {
  description = "Names of the log groups, sorted; whoever writes to one waits until it is there."
  value       = sort([for group in aws_cloudwatch_log_group.this : group.name])
}

output "alarm_names" {
  description = "All alarms, sorted."
  value       = sort([for alarm in local.alarms : alarm.alarm_name])
}

output "alarm_arns" {
  description = "All alarms: name to ARN; the stop conditions of experiments choose among them."
  value       = { for alarm in local.alarms : alarm.alarm_name => alarm.arn }
}
