# The database of the reference; each option by what it adds, each guard by what it refuses.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "example.aaaaaaaaaa.us-east-1.rds.amazonaws.com"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-example" }]
    }
  }
  mock_resource "aws_db_proxy_default_target_group" {
    defaults = { name = "default" }
  }
  mock_resource "aws_db_proxy" {
    defaults = { endpoint = "example.proxy-aaaaaaaaaa.us-east-1.rds.amazonaws.com" }
  }
}

variables {
  name               = "example"
  engine_version     = "15"
  instance_class     = "db.t3.micro"
  storage_gib        = 20
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids = ["sg-database"]
  kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/database"
  log_kms_key_arn    = "arn:aws:kms:us-east-1:123456789012:key/logs"
  max_connections    = 140
  tags               = { owner = "platform-team" }
}

run "instance_is_as_written" {
  command = plan

  assert {
    condition     = aws_db_instance.this.engine == "postgres" && aws_db_instance.this.engine_version == "15" && aws_db_instance.this.instance_class == "db.t3.micro"
    error_message = "engine, version and class are as the file says"
  }
  assert {
    condition     = aws_db_instance.this.allocated_storage == 20 && aws_db_instance.this.max_allocated_storage == 100 && aws_db_instance.this.storage_type == "gp3"
    error_message = "storage starts at its size on gp3 and grows to five times of it"
  }
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 7 && aws_db_instance.this.copy_tags_to_snapshot
    error_message = "backups go back seven days and carry the tags"
  }
  assert {
    condition     = length(aws_db_instance.replica) == 0 && length(aws_db_proxy.this) == 0 && length(aws_db_event_subscription.this) == 0
    error_message = "replicas, proxy and events are off unless asked for"
  }
}

run "defaults_are_secure" {
  command = plan

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn && aws_db_instance.this.performance_insights_kms_key_id == var.kms_key_arn
    error_message = "storage and insights are encrypted by the KMS key"
  }
  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.vpc_security_group_ids == toset(["sg-database"]) && aws_db_subnet_group.this.subnet_ids == toset(["subnet-a", "subnet-b", "subnet-c"])
    error_message = "the instance is in the database subnets, behind the named groups, without public address"
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn && aws_db_instance.this.password == null && aws_db_instance.this.iam_database_authentication_enabled
    error_message = "no password is in the state, and services authenticate by IAM"
  }
  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "a standby, protection and a final snapshot are the default"
  }
  assert {
    condition     = aws_db_instance.this.auto_minor_version_upgrade && !aws_db_instance.this.allow_major_version_upgrade && !aws_db_instance.this.apply_immediately
    error_message = "minor upgrades come by themselves, major ones and restarts do not"
  }
}

run "connections_need_tls_and_statements_are_bounded" {
  command = plan

  assert {
    condition = { for parameter in aws_db_parameter_group.this.parameter : parameter.name => parameter.value } == {
      "rds.force_ssl"                       = "1"
      "log_statement"                       = "ddl"
      "log_min_duration_statement"          = "1000"
      "log_connections"                     = "1"
      "log_disconnections"                  = "1"
      "log_lock_waits"                      = "1"
      "max_connections"                     = "140"
      "statement_timeout"                   = "30000"
      "idle_in_transaction_session_timeout" = "60000"
      "shared_preload_libraries"            = "pg_stat_statements"
    }
    error_message = "the parameters force TLS, log and bound"
  }
  assert {
    condition     = toset([for parameter in aws_db_parameter_group.this.parameter : parameter.name if parameter.apply_method == "pending-reboot"]) == toset(["max_connections", "shared_preload_libraries"])
    error_message = "only what needs a restart waits for one"
  }
}

run "family_follows_the_major_version" {
  command = plan

  variables {
    engine_version = "17.5"
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17" && aws_db_parameter_group.this.name == "example-postgres17"
    error_message = "a new major has a parameter group of its own"
  }
}

run "logs_are_encrypted_and_kept" {
  command = plan

  variables {
    read_replicas = 1
  }

  assert {
    condition = toset(keys(aws_cloudwatch_log_group.this)) == toset([
      "/aws/rds/instance/example/postgresql",
      "/aws/rds/instance/example/upgrade",
      "/aws/rds/instance/example-replica-1/postgresql",
      "/aws/rds/instance/example-replica-1/upgrade",
    ])
    error_message = "every log that is exported has its group beforehand"
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.log_kms_key_arn && group.retention_in_days == 365])
    error_message = "logs are encrypted and kept a year"
  }
  assert {
    condition     = aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"])
    error_message = "both logs are exported"
  }
}

run "the_final_snapshot_has_a_name_of_its_own" {
  command = apply

  assert {
    condition     = can(regex("^example-final-[0-9a-f]{8}$", aws_db_instance.this.final_snapshot_identifier))
    error_message = "the next instance of this name takes another snapshot"
  }
}

run "a_given_snapshot_name_is_taken" {
  command = plan

  variables {
    final_snapshot_name = "example-before-the-move"
  }

  assert {
    condition     = aws_db_instance.this.final_snapshot_identifier == "example-before-the-move"
    error_message = "who names the snapshot finds it again"
  }
}

run "replicas_are_keyed_by_number_and_as_safe" {
  command = apply

  variables {
    read_replicas = 2
  }

  assert {
    condition     = { for key, replica in aws_db_instance.replica : key => replica.identifier } == { "1" = "example-replica-1", "2" = "example-replica-2" }
    error_message = "one replica more leaves the others as they are"
  }
  assert {
    condition = alltrue([for replica in aws_db_instance.replica :
      replica.replicate_source_db == "example" && replica.storage_encrypted && !replica.publicly_accessible && replica.deletion_protection && replica.iam_database_authentication_enabled && replica.performance_insights_enabled && replica.monitoring_interval == 60 && replica.backup_retention_period == 7 && replica.ca_cert_identifier == "rds-ca-rsa2048-g1"
    ])
    error_message = "a replica is encrypted, private, protected and watched as its source is"
  }
  assert {
    condition     = length(output.replica_endpoints) == 2 && output.replica_identifiers == ["example-replica-1", "example-replica-2"]
    error_message = "replicas are handed on in the order of their numbers"
  }
  assert {
    condition     = output.master_secret_arn == "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-example" && output.proxy_endpoint == null
    error_message = "the secret is handed on, and no proxy where there is none"
  }
}

run "standby_and_guards_can_be_off" {
  command = plan

  variables {
    multi_zone          = false
    deletion_protection = false
    final_snapshot      = false
  }

  assert {
    condition     = !aws_db_instance.this.multi_az && !aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == null
    error_message = "each is off where the file says so"
  }
}

run "monitoring_and_insights_can_be_off" {
  command = plan

  variables {
    monitoring_seconds        = 0
    performance_insights_days = 0
  }

  assert {
    condition     = length(aws_iam_role.monitoring) == 0 && aws_db_instance.this.monitoring_interval == 0 && !aws_db_instance.this.performance_insights_enabled
    error_message = "without monitoring there is no role for it"
  }
}

run "monitoring_and_insights_are_on" {
  command = plan

  assert {
    condition     = length(aws_iam_role.monitoring) == 1 && aws_db_instance.this.monitoring_interval == 60 && aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.performance_insights_retention_period == 7
    error_message = "the system is measured each minute, and insights are kept a week"
  }
  assert {
    condition     = aws_iam_role_policy_attachment.monitoring["this"].policy_arn == "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    error_message = "the role may write metrics, nothing else"
  }
}

run "proxy_speaks_tls_and_reads_one_secret" {
  command = apply

  variables {
    proxy                    = true
    proxy_security_group_ids = ["sg-proxy"]
  }

  assert {
    condition     = aws_db_proxy.this["this"].require_tls && aws_db_proxy.this["this"].engine_family == "POSTGRESQL" && aws_db_proxy.this["this"].vpc_security_group_ids == toset(["sg-proxy"])
    error_message = "the proxy takes TLS only"
  }
  assert {
    condition     = alltrue([for auth in aws_db_proxy.this["this"].auth : auth.iam_auth == "REQUIRED" && auth.secret_arn == output.master_secret_arn])
    error_message = "clients come by IAM, the proxy by the master secret"
  }
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.proxy["this"].statement : statement.resources])) == toset([
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-example",
      "arn:aws:kms:us-east-1:123456789012:key/database",
    ])
    error_message = "its role reads that secret and uses that key, nothing else"
  }
  assert {
    condition     = output.proxy_endpoint == "example.proxy-aaaaaaaaaa.us-east-1.rds.amazonaws.com" && aws_db_proxy_target.this["this"].db_instance_identifier == "example"
    error_message = "the proxy leads to the instance"
  }
}

run "proxy_needs_a_security_group" {
  command = plan

  variables {
    proxy = true
  }

  expect_failures = [aws_db_proxy.this]
}

run "events_are_an_option" {
  command = plan

  variables {
    event_topic_arn = "arn:aws:sns:us-east-1:123456789012:alarms"
  }

  assert {
    condition     = contains(aws_db_event_subscription.this["this"].event_categories, "failover") && aws_db_event_subscription.this["this"].source_type == "db-instance"
    error_message = "the topic is told of failovers"
  }
}

run "everything_is_tagged" {
  command = plan

  variables {
    read_replicas            = 1
    proxy                    = true
    proxy_security_group_ids = ["sg-proxy"]
    event_topic_arn          = "arn:aws:sns:us-east-1:123456789012:alarms"
  }

  assert {
    condition = alltrue([for tags in concat(
      [aws_db_instance.this.tags, aws_db_subnet_group.this.tags, aws_db_parameter_group.this.tags],
      [for replica in aws_db_instance.replica : replica.tags],
      [for group in aws_cloudwatch_log_group.this : group.tags],
      [for group in aws_cloudwatch_log_group.proxy : group.tags],
      [for role in aws_iam_role.monitoring : role.tags],
      [for role in aws_iam_role.proxy : role.tags],
      [for proxy in aws_db_proxy.this : proxy.tags],
      [for subscription in aws_db_event_subscription.this : subscription.tags],
    ) : tags["owner"] == "platform-team" && tags["Name"] != ""])
    error_message = "everything that takes tags carries them and a Name"
  }
}

run "refuses_bad_words" {
  command = plan

  variables {
    name               = "example--database"
    engine_version     = "12"
    instance_class     = "t3.micro"
    database_name      = "Example"
    master_username    = "postgres"
    kms_key_arn        = "alias/database"
    log_kms_key_arn    = "alias/logs"
    security_group_ids = []
    subnet_ids         = ["subnet-a"]
  }

  expect_failures = [
    var.name,
    var.engine_version,
    var.instance_class,
    var.database_name,
    var.master_username,
    var.kms_key_arn,
    var.log_kms_key_arn,
    var.security_group_ids,
    var.subnet_ids,
  ]
}

run "refuses_bad_numbers" {
  command = plan

  variables {
    storage_gib                    = 10
    backup_days                    = 0
    read_replicas                  = 16
    max_connections                = 10
    statement_timeout_ms           = -1
    idle_in_transaction_timeout_ms = -1
    slow_statement_ms              = -1
    performance_insights_days      = 30
    monitoring_seconds             = 45
    log_retention_days             = 366
  }

  expect_failures = [
    var.storage_gib,
    var.backup_days,
    var.read_replicas,
    var.max_connections,
    var.statement_timeout_ms,
    var.idle_in_transaction_timeout_ms,
    var.slow_statement_ms,
    var.performance_insights_days,
    var.monitoring_seconds,
    var.log_retention_days,
  ]
}

run "refuses_a_maximum_below_the_start" {
  command = plan

  variables {
    max_storage_gib = 20
  }

  expect_failures = [aws_db_instance.this]
}
