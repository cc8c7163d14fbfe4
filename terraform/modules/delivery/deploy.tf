# The role that delivers: it reads images and their signatures, and enters the cluster.

locals {
  deploy_statements = concat(
    # A login is for the whole registry; AWS knows no resource for it.
    [{
      Sid      = "LogIn"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"]
    }],
    # A promoted image stays where it was built: in repositories of another environment, and perhaps
    # of another account, whose own policy then admits this one. So the name is all that can be said.
    [for names in [var.readable_repositories] : {
      Sid    = "ReadImagesAndSignatures"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer",
      ]
      Resource = [for name in names : "arn:${local.partition}:ecr:*:*:repository/${name}"]
    } if length(names) > 0],
    [for cluster in [var.cluster] : {
      Sid      = "FindTheCluster"
      Effect   = "Allow"
      Action   = ["eks:DescribeCluster"]
      Resource = ["arn:${local.partition}:eks:${local.region}:${local.account}:cluster/${cluster.name}"]
    } if cluster != null],
  )

  # A delivery is a commit that Argo CD brings to the cluster, so its role changes nothing there: it
  # reads, and forwards a port to Prometheus, which of EKS's policies only Edit lets it do.
  deploy_access = var.cluster == null ? {} : {
    for policy, namespaces in {
      AmazonEKSViewPolicy = var.cluster.reads
      AmazonEKSEditPolicy = var.cluster.forwards
    } : policy => namespaces if length(namespaces) > 0
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "${var.name}-deploy"
  description          = "Workflows of ${var.repository} in the environment ${var.environment} deliver"
  assume_role_policy   = local.trust["environment"]
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 7200

  tags = merge(var.tags, { Name = "${var.name}-deploy" })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy" "deploy" {
  name   = "read-images-and-enter"
  role   = aws_iam_role.deploy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.deploy_statements })
}

resource "aws_eks_access_entry" "deploy" {
  count = var.cluster == null ? 0 : 1

  cluster_name      = var.cluster.name
  principal_arn     = aws_iam_role.deploy.arn
  kubernetes_groups = var.cluster.groups
  type              = "STANDARD"

  tags = merge(var.tags, { Name = "${var.name}-deploy" })
}

resource "aws_eks_access_policy_association" "deploy" {
  for_each = local.deploy_access

  cluster_name  = var.cluster.name
  principal_arn = aws_eks_access_entry.deploy[0].principal_arn
  policy_arn    = "arn:${local.partition}:eks::aws:cluster-access-policy/${each.key}"

  access_scope {
    type       = "namespace"
    namespaces = each.value
  }
}
