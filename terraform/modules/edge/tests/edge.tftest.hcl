mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name            = "groundplan-test"
  tags            = { environment = "test" }
  domain          = "groundplan.example"
  log_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111"
}

run "certificate_is_proved_by_dns" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == "groundplan.example" && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "the certificate is for the domain and proved by DNS"
  }

  assert {
    condition     = toset(keys(aws_route53_record.proof)) == toset(["groundplan.example"])
    error_message = "one record proves the domain"
  }
}

run "wildcard_needs_no_record_of_its_own" {
  command = plan

  variables {
    wildcard = true
  }

  assert {
    condition     = contains(aws_acm_certificate.this.subject_alternative_names, "*.groundplan.example")
    error_message = "the certificate covers every name below the domain when asked to"
  }

  assert {
    condition     = length(aws_route53_record.proof) == 1
    error_message = "domain and wildcard share one record"
  }
}

run "alternative_names_are_proved_too" {
  command = plan

  variables {
    alternative_names = ["grafana.groundplan.example", "*.api.groundplan.example"]
  }

  assert {
    condition     = toset(keys(aws_route53_record.proof)) == toset(["groundplan.example", "grafana.groundplan.example", "api.groundplan.example"])
    error_message = "each further name has a record"
  }
}

run "zone_is_logged_signed_and_names_its_authority" {
  command = plan

  assert {
    condition     = length(aws_route53_zone.this) == 1 && length(aws_route53_query_log.this) == 1 && length(aws_route53_hosted_zone_dnssec.this) == 1
    error_message = "a zone made in us-east-1 is logged and signed"
  }

  assert {
    condition     = aws_kms_key.dnssec["groundplan.example"].customer_master_key_spec == "ECC_NIST_P256" && aws_kms_key.dnssec["groundplan.example"].key_usage == "SIGN_VERIFY"
    error_message = "the zone is signed with the only kind of key that Route 53 takes"
  }

  assert {
    condition     = aws_route53_record.certificate_authorities["groundplan.example"].records == toset(["0 issue \"amazon.com\""])
    error_message = "only Amazon may issue certificates for the domain"
  }
}

run "zone_in_another_region_is_neither_logged_nor_signed" {
  command = plan

  override_data {
    target = data.aws_region.this
    values = { name = "eu-central-1" }
  }

  assert {
    condition     = length(aws_route53_zone.this) == 1 && length(aws_route53_query_log.this) == 0 && length(aws_route53_hosted_zone_dnssec.this) == 0
    error_message = "elsewhere the zone is made without what AWS takes in us-east-1 only"
  }
}

run "dnssec_off" {
  command = plan

  variables {
    dnssec = false
  }

  assert {
    condition     = length(aws_route53_key_signing_key.this) + length(aws_kms_key.dnssec) + length(aws_route53_hosted_zone_dnssec.this) == 0
    error_message = "switched off, signing leaves no key behind"
  }

  assert {
    condition     = output.ds_record == null
    error_message = "an unsigned zone has no DS record"
  }
}

run "query_logging_off" {
  command = plan

  variables {
    query_logging = false
  }

  assert {
    condition     = length(aws_route53_query_log.this) + length(aws_cloudwatch_log_group.queries) + length(aws_cloudwatch_log_resource_policy.queries) == 0
    error_message = "switched off, query logging leaves nothing behind"
  }
}

run "existing_zone_is_only_written_to" {
  command = plan

  variables {
    create_zone = false
    zone_id     = "Z0123456789ABCDEFGHIJ"
  }

  assert {
    condition     = length(aws_route53_zone.this) + length(aws_route53_query_log.this) + length(aws_route53_hosted_zone_dnssec.this) + length(aws_route53_record.certificate_authorities) == 0
    error_message = "of an existing zone nothing is made or changed"
  }

  assert {
    condition     = output.zone_id == "Z0123456789ABCDEFGHIJ" && aws_route53_record.proof["groundplan.example"].zone_id == "Z0123456789ABCDEFGHIJ"
    error_message = "the certificate's record goes into the existing zone"
  }
}

run "web_acl_refuses_floods_and_known_attacks" {
  command = plan

  assert {
    condition = toset(flatten([for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for group in statement.managed_rule_group_statement : group.name]]])) == toset([
      "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
    ])
    error_message = "four managed groups stand before the load balancer"
  }

  assert {
    condition     = flatten([for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for rate in statement.rate_based_statement : [rate.limit, rate.evaluation_window_sec]]]]) == [2000, 300]
    error_message = "one address may make 2000 requests in five minutes"
  }

  assert {
    condition     = aws_wafv2_web_acl.this.scope == "REGIONAL" && length(toset([for rule in aws_wafv2_web_acl.this.rule : rule.priority])) == 5
    error_message = "the web ACL is for load balancers and no two rules share a priority"
  }

  assert {
    condition     = flatten([for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for group in statement.managed_rule_group_statement : [for override in group.rule_action_override : override.name]]]]) == ["SizeRestrictions_BODY"]
    error_message = "only the body size merely counts"
  }
}

run "anonymous_addresses_are_refused_when_asked" {
  command = plan

  variables {
    waf_anonymous_ip_list = true
  }

  assert {
    condition     = contains(flatten([for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for group in statement.managed_rule_group_statement : group.name]]]), "AWSManagedRulesAnonymousIpList")
    error_message = "the anonymous list is one of the rules"
  }
}

run "logs_are_encrypted_kept_and_redacted" {
  command = plan

  assert {
    condition     = alltrue([for group in [aws_cloudwatch_log_group.waf, aws_cloudwatch_log_group.queries["groundplan.example"]] : group.kms_key_id == var.log_kms_key_arn && group.retention_in_days == 365])
    error_message = "logs are encrypted with the key given and kept 365 days"
  }

  assert {
    condition     = toset(flatten([for field in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : [for header in field.single_header : header.name]])) == toset(["authorization", "cookie"])
    error_message = "credentials never reach the log"
  }

  assert {
    condition     = aws_wafv2_web_acl_logging_configuration.this.logging_filter[0].default_behavior == "DROP"
    error_message = "only what is refused or counted is logged"
  }
}

run "all_requests_are_logged_when_asked" {
  command = plan

  variables {
    waf_log_all_requests = true
  }

  assert {
    condition     = length(aws_wafv2_web_acl_logging_configuration.this.logging_filter) == 0
    error_message = "without a filter every request is logged"
  }
}

run "everything_taggable_is_tagged" {
  command = plan

  assert {
    condition = alltrue([
      for tags in [
        aws_route53_zone.this["groundplan.example"].tags, aws_acm_certificate.this.tags, aws_wafv2_web_acl.this.tags, aws_kms_key.dnssec["groundplan.example"].tags,
        aws_cloudwatch_log_group.waf.tags, aws_cloudwatch_log_group.queries["groundplan.example"].tags,
      ] : tags["environment"] == "test" && startswith(tags["Name"], "groundplan-test")
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

run "refuses_a_domain_that_is_none" {
  command = plan

  variables {
    domain = "https://groundplan.example/"
  }

  expect_failures = [var.domain]
}

run "refuses_to_use_a_zone_not_named" {
  command = plan

  variables {
    create_zone = false
  }

  expect_failures = [aws_acm_certificate.this]
}

run "refuses_a_name_of_another_domain" {
  command = plan

  variables {
    alternative_names = ["groundplan.test"]
  }

  expect_failures = [aws_acm_certificate.this]
}

run "refuses_a_rate_that_waf_does_not_take" {
  command = plan

  variables {
    waf_requests_per_5_minutes = 5
  }

  expect_failures = [var.waf_requests_per_5_minutes]
}

run "refuses_to_let_bad_inputs_merely_count" {
  command = plan

  variables {
    waf_counted_rules = { bad-inputs = ["Log4JRCE_BODY"] }
  }

  expect_failures = [var.waf_counted_rules]
}

run "refuses_a_retention_not_offered" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_signing_outside_us_east_1" {
  command = plan

  variables {
    dnssec        = true
    query_logging = true
  }

  override_data {
    target = data.aws_region.this
    values = { name = "eu-central-1" }
  }

  expect_failures = [aws_kms_key.dnssec, aws_cloudwatch_log_group.queries]
}
