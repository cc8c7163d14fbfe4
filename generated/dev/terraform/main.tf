# Rendered from platform.yaml; changes here are lost.

locals {
  name = "groundplan-dev"
  tags = {
    stack       = "groundplan-dev"
    platform    = "groundplan"
    environment = "dev"
    owner       = "platform-team"
    managed-by  = "terraform"
    cost-center = "platform"
  }
}

data "aws_caller_identity" "current" {}

# No administrators are named, so whoever applies becomes one.
data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

module "network" {
  source                      = "../../../terraform/modules/network"
  name                        = local.name
  cidr                        = "10.0.0.0/16"
  zones                       = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnets              = ["10.0.48.0/24", "10.0.49.0/24", "10.0.50.0/24"]
  private_subnets             = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
  database_subnets            = ["10.0.52.0/24", "10.0.53.0/24", "10.0.54.0/24"]
  nat                         = "single"
  database_proxy              = false
  interface_endpoints         = []
  endpoint_security_group_ids = [module.security.group_ids["endpoints"]]
  flow_logs                   = true
  log_kms_key_arn             = module.security.kms_key_arns["logs"]
  cluster_name                = local.name
  tags                        = local.tags
}

module "security" {
  source       = "../../../terraform/modules/security"
  name         = local.name
  vpc_id       = module.network.vpc_id
  vpc_cidr     = "10.0.0.0/16"
  cluster_name = local.name
  groups = {
    load-balancer = "The load balancer, the only door to the internet"
    control-plane = "The Kubernetes API"
    nodes         = "Nodes and the pods on them"
    database      = "PostgreSQL"
    endpoints     = "AWS services inside the network"
  }
  rules = {
    internet-load-balancer-443 = {
      from        = "0.0.0.0/0"
      to          = "load-balancer"
      port        = 443
      protocol    = "tcp"
      description = "users"
    }
    control-plane-nodes-443 = {
      from        = "control-plane"
      to          = "nodes"
      port        = 443
      protocol    = "tcp"
      description = "admission webhooks"
    }
    control-plane-nodes-9443 = {
      from        = "control-plane"
      to          = "nodes"
      port        = 9443
      protocol    = "tcp"
      description = "admission webhooks of controllers"
    }
    control-plane-nodes-10250 = {
      from        = "control-plane"
      to          = "nodes"
      port        = 10250
      protocol    = "tcp"
      description = "the API to kubelets"
    }
    control-plane-nodes-10251 = {
      from        = "control-plane"
      to          = "nodes"
      port        = 10251
      protocol    = "tcp"
      description = "the API to the add-on that measures pods"
    }
    load-balancer-nodes-8443 = {
      from        = "load-balancer"
      to          = "nodes"
      port        = 8443
      protocol    = "tcp"
      description = "load balancer to frontend"
    }
    nodes-internet-443 = {
      from        = "nodes"
      to          = "0.0.0.0/0"
      port        = 443
      protocol    = "tcp"
      description = "images and AWS services"
    }
    nodes-control-plane-443 = {
      from        = "nodes"
      to          = "control-plane"
      port        = 443
      protocol    = "tcp"
      description = "nodes to the Kubernetes API"
    }
    nodes-database-5432 = {
      from        = "nodes"
      to          = "database"
      port        = 5432
      protocol    = "tcp"
      description = "backend to database"
    }
    nodes-nodes-53 = {
      from        = "nodes"
      to          = "nodes"
      port        = 53
      protocol    = "tcp"
      description = "names of services"
    }
    nodes-nodes-53-udp = {
      from        = "nodes"
      to          = "nodes"
      port        = 53
      protocol    = "udp"
      description = "names of services"
    }
    nodes-nodes-3000 = {
      from        = "nodes"
      to          = "nodes"
      port        = 3000
      protocol    = "tcp"
      description = "people to dashboards"
    }
    nodes-nodes-4317 = {
      from        = "nodes"
      to          = "nodes"
      port        = 4317
      protocol    = "tcp"
      description = "spans to who decides on them, and kept ones to Jaeger"
    }
    nodes-nodes-4318 = {
      from        = "nodes"
      to          = "nodes"
      port        = 4318
      protocol    = "tcp"
      description = "spans to the collector"
    }
    nodes-nodes-5044 = {
      from        = "nodes"
      to          = "nodes"
      port        = 5044
      protocol    = "tcp"
      description = "lines to Logstash"
    }
    nodes-nodes-5601 = {
      from        = "nodes"
      to          = "nodes"
      port        = 5601
      protocol    = "tcp"
      description = "people and saved searches to Kibana"
    }
    nodes-nodes-6379 = {
      from        = "nodes"
      to          = "nodes"
      port        = 6379
      protocol    = "tcp"
      description = "authz to cache, backend to cache, Argo CD to its cache"
    }
    nodes-nodes-8080 = {
      from        = "nodes"
      to          = "nodes"
      port        = 8080
      protocol    = "tcp"
      description = "figures of objects of the cluster"
    }
    nodes-nodes-8081 = {
      from        = "nodes"
      to          = "nodes"
      port        = 8081
      protocol    = "tcp"
      description = "Argo CD to its repository server"
    }
    nodes-nodes-8443 = {
      from        = "nodes"
      to          = "nodes"
      port        = 8443
      protocol    = "tcp"
      description = "frontend to gateway, gateway to authz, gateway to backend"
    }
    nodes-nodes-8888 = {
      from        = "nodes"
      to          = "nodes"
      port        = 8888
      protocol    = "tcp"
      description = "figures of collectors and Jaeger"
    }
    nodes-nodes-8889 = {
      from        = "nodes"
      to          = "nodes"
      port        = 8889
      protocol    = "tcp"
      description = "figures that services sent to the collector"
    }
    nodes-nodes-9090 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9090
      protocol    = "tcp"
      description = "who asks Prometheus"
    }
    nodes-nodes-9093 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9093
      protocol    = "tcp"
      description = "alerts to Alertmanager"
    }
    nodes-nodes-9094 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9094
      protocol    = "tcp"
      description = "copies of Alertmanager among each other"
    }
    nodes-nodes-9100 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9100
      protocol    = "tcp"
      description = "figures of nodes"
    }
    nodes-nodes-9113 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9113
      protocol    = "tcp"
      description = "figures of frontend"
    }
    nodes-nodes-9121 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9121
      protocol    = "tcp"
      description = "figures of the cache"
    }
    nodes-nodes-9153 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9153
      protocol    = "tcp"
      description = "figures of the name servers"
    }
    nodes-nodes-9187 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9187
      protocol    = "tcp"
      description = "figures of the database"
    }
    nodes-nodes-9200 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9200
      protocol    = "tcp"
      description = "lines and spans to Elasticsearch"
    }
    nodes-nodes-9300 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9300
      protocol    = "tcp"
      description = "nodes of Elasticsearch among each other"
    }
    nodes-nodes-9402 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9402
      protocol    = "tcp"
      description = "figures of who makes certificates"
    }
    nodes-nodes-9600 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9600
      protocol    = "tcp"
      description = "the operator asks Logstash how it is"
    }
    nodes-nodes-9901 = {
      from        = "nodes"
      to          = "nodes"
      port        = 9901
      protocol    = "tcp"
      description = "figures of gateway"
    }
    nodes-nodes-10250 = {
      from        = "nodes"
      to          = "nodes"
      port        = 10250
      protocol    = "tcp"
      description = "metrics of kubelets"
    }
    nodes-nodes-16686 = {
      from        = "nodes"
      to          = "nodes"
      port        = 16686
      protocol    = "tcp"
      description = "who asks Jaeger"
    }
  }
  services = {
    frontend = {
      namespace       = "groundplan"
      service_account = "frontend"
      secret_arns     = []
      bucket_arns     = []
      kms_key_arns    = []
    }
    gateway = {
      namespace       = "groundplan"
      service_account = "gateway"
      secret_arns     = []
      bucket_arns     = []
      kms_key_arns    = []
    }
    authz = {
      namespace       = "groundplan"
      service_account = "authz"
      secret_arns     = []
      bucket_arns     = []
      kms_key_arns    = []
    }
    backend = {
      namespace       = "groundplan"
      service_account = "backend"
      secret_arns     = []
      bucket_arns     = [module.storage.bucket_arns["artifacts"]]
      kms_key_arns    = [module.security.kms_key_arns["storage"]]
    }
    cache-backup = {
      namespace       = "groundplan"
      service_account = "cache-backup"
      secret_arns     = []
      bucket_arns     = [module.storage.bucket_arns["backups"]]
      kms_key_arns    = [module.security.kms_key_arns["storage"]]
    }
    cache-restore-check = {
      namespace       = "groundplan"
      service_account = "cache-restore-check"
      secret_arns     = []
      bucket_arns     = [module.storage.bucket_arns["backups"]]
      kms_key_arns    = [module.security.kms_key_arns["storage"]]
    }
    cache-restore = {
      namespace       = "groundplan"
      service_account = "cache-restore"
      secret_arns     = []
      bucket_arns     = [module.storage.bucket_arns["backups"]]
      kms_key_arns    = [module.security.kms_key_arns["storage"]]
    }
  }
  guards = {
    cloudtrail      = false
    guardduty       = false
    config          = false
    security_hub    = false
    password_policy = false
  }
  access_logs = {
    bucket = module.storage.bucket_names["logs"]
    prefix = "access/guards/"
  }
  tags = local.tags
}

module "cluster" {
  source                           = "../../../terraform/modules/cluster"
  name                             = local.name
  kubernetes_version               = "1.35"
  endpoint                         = "private"
  public_access_cidrs              = []
  subnet_ids                       = values(module.network.private_subnet_ids)
  service_cidr                     = "172.20.0.0/16"
  control_plane_security_group_ids = [module.security.group_ids["control-plane"]]
  node_security_group_ids          = [module.security.group_ids["nodes"]]
  attach_cluster_security_group    = false
  secrets_kms_key_arn              = module.security.kms_key_arns["cluster"]
  log_kms_key_arn                  = module.security.kms_key_arns["logs"]
  node_groups = {
    main = {
      instance_types = ["t3.medium", "t3.large"]
      capacity       = "on-demand"
      min            = 1
      desired        = 3
      max            = 20
    }
    spare = {
      instance_types = ["t3.large", "t3.xlarge"]
      capacity       = "spot"
      min            = 0
      desired        = 0
      max            = 10
    }
  }
  admin_principal_arns = {
    applier = data.aws_iam_session_context.current.issuer_arn
  }
  operator_principal_arns = {}
  viewer_principal_arns   = {}
  group_prefix            = "groundplan"
  pod_identities = {
    frontend = {
      namespace       = "groundplan"
      service_account = "frontend"
      role_arn        = module.security.service_role_arns["frontend"]
    }
    gateway = {
      namespace       = "groundplan"
      service_account = "gateway"
      role_arn        = module.security.service_role_arns["gateway"]
    }
    authz = {
      namespace       = "groundplan"
      service_account = "authz"
      role_arn        = module.security.service_role_arns["authz"]
    }
    backend = {
      namespace       = "groundplan"
      service_account = "backend"
      role_arn        = module.security.service_role_arns["backend"]
    }
    cache-backup = {
      namespace       = "groundplan"
      service_account = "cache-backup"
      role_arn        = module.security.service_role_arns["cache-backup"]
    }
    cache-restore-check = {
      namespace       = "groundplan"
      service_account = "cache-restore-check"
      role_arn        = module.security.service_role_arns["cache-restore-check"]
    }
    cache-restore = {
      namespace       = "groundplan"
      service_account = "cache-restore"
      role_arn        = module.security.service_role_arns["cache-restore"]
    }
    aws-load-balancer-controller = module.controllers.pod_identities["aws-load-balancer-controller"]
    external-dns                 = module.controllers.pod_identities["external-dns"]
    external-secrets             = module.controllers.pod_identities["external-secrets"]
  }
  tags = local.tags
}

module "database" {
  source               = "../../../terraform/modules/database"
  name                 = local.name
  engine_version       = "15"
  instance_class       = "db.t3.micro"
  storage_gib          = 20
  max_storage_gib      = 100
  subnet_ids           = values(module.network.database_subnet_ids)
  security_group_ids   = [module.security.group_ids["database"]]
  kms_key_arn          = module.security.kms_key_arns["database"]
  log_kms_key_arn      = module.security.kms_key_arns["logs"]
  backup_days          = 7
  multi_zone           = true
  read_replicas        = 0
  max_connections      = 140
  statement_timeout_ms = 5000
  proxy                = false
  deletion_protection  = true
  database_name        = "groundplan"
  tags                 = local.tags
}

module "storage" {
  source = "../../../terraform/modules/storage"
  name   = local.name
  logs = {
    versioning   = true
    expire_days  = 400
    archive_days = 30
  }
  buckets = {
    artifacts = {
      versioning   = true
      expire_days  = 365
      archive_days = 90
      aging_prefix = "files/"
    }
    backups = {
      versioning   = true
      expire_days  = 35
      archive_days = 7
    }
  }
  load_balancer_log_prefix = "load-balancer"
  log_sources              = {}
  kms_key_arn              = module.security.kms_key_arns["storage"]
  repositories             = ["frontend", "gateway", "authz", "backend"]
  puller_account_ids       = []
  tags                     = local.tags
}

module "secrets" {
  source        = "../../../terraform/modules/secrets"
  name          = local.name
  kms_key_arn   = module.security.kms_key_arns["secrets"]
  recovery_days = 0
  secrets = {
    gateway-key = {
      description = "Signs what the gateway says of a caller"
      length      = 64
      alphabet    = "hexadecimal"
    }
    key-encryption-key = {
      description = "Encrypts the keys by which identities are signed"
      length      = 64
      alphabet    = "hexadecimal"
    }
    cache-password = {
      description = "Password of the cache"
      length      = 48
    }
    administrator = {
      description = "The first person who signs in"
      length      = 32
      fields = {
        email = "admin@groundplan.example"
      }
    }
    "database/backend" = {
      description = "Password of backend in the database"
      length      = 48
    }
    "database/exporter" = {
      description = "Password of who reads the database's figures"
      length      = 48
    }
    telemetry-key = {
      description = "By which the console reads lines of the cluster"
      length      = 48
    }
    alerts-key = {
      description = "By which alerts come to the console"
      length      = 48
    }
    pager-url = {
      description = "Address of the pager's webhook: put yours in its place"
      length      = 48
    }
  }
  tags = local.tags
}

module "controllers" {
  source        = "../../../terraform/modules/controllers"
  name          = local.name
  cluster_name  = local.name
  secret_prefix = module.secrets.prefix
  secret_arns   = [module.database.master_secret_arn]
  secret_kms_key_arns = [
    module.security.kms_key_arns["secrets"],
    module.security.kms_key_arns["database"],
  ]
  web_acl_arn = module.edge.web_acl_arn
  zone_id     = module.edge.zone_id
  tags        = local.tags
}

module "edge" {
  source                     = "../../../terraform/modules/edge"
  name                       = local.name
  domain                     = "groundplan.example"
  create_zone                = true
  zone_id                    = null
  waf_requests_per_5_minutes = 10000
  log_kms_key_arn            = module.security.kms_key_arns["logs"]
  tags                       = local.tags
}

module "observability" {
  source = "../../../terraform/modules/observability"
  name   = local.name
  log_groups = [
    "/groundplan-dev/frontend",
    "/groundplan-dev/gateway",
    "/groundplan-dev/authz",
    "/groundplan-dev/backend",
  ]
  retention_days           = 365
  kms_key_arn              = module.security.kms_key_arns["logs"]
  emails                   = []
  database_identifiers     = [local.name]
  database_max_connections = 140
  database_storage_gib     = 20
  nat_gateway_ids          = module.network.nat_gateway_ids
  cluster_name             = module.cluster.name
  web_acl_name             = local.name
  tags                     = local.tags
}

module "cost" {
  source    = "../../../terraform/modules/cost"
  name      = local.name
  budget    = 400
  topic_arn = module.observability.topic_arn
  emails    = []
  tag = {
    key   = "stack"
    value = local.name
  }
  tags = local.tags
}

module "backup" {
  source         = "../../../terraform/modules/backup"
  name           = local.name
  kms_key_arn    = module.security.kms_key_arns["backup"]
  keep_days      = 35
  lock_days      = null
  copy_vault_arn = null
  selection_tag = {
    stack = local.name
  }
  restore_testing = true
  restore_types = {
    RDS = {
      dbSubnetGroupName = module.database.subnet_group_name
    }
  }
  tags = local.tags
}

module "resilience" {
  source            = "../../../terraform/modules/resilience"
  name              = local.name
  zones             = ["us-east-1a", "us-east-1b", "us-east-1c"]
  cluster_name      = module.cluster.name
  subnet_ids        = { for zone, id in module.network.private_subnet_ids : zone => [id] }
  database_arn      = module.database.arn
  database_failover = true
  stop_alarm_arns = [
    module.observability.alarm_arns["groundplan-dev-cluster-api-errors"],
    module.observability.alarm_arns["groundplan-dev-database-groundplan-dev-storage"],
  ]
  log_kms_key_arn = module.security.kms_key_arns["logs"]
  tags            = local.tags
}
