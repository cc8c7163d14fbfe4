# What the caller lets others do, and what every bucket refuses.

resource "aws_s3_bucket_policy" "this" {
  for_each = var.buckets

  bucket = aws_s3_bucket.this[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for statement in lookup(var.statements, each.key, []) : jsondecode(statement)],
      [
        {
          Sid       = "RefusePlainHttp"
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = [local.arns[each.key], "${local.arns[each.key]}/*"]
          Condition = { Bool = { "aws:SecureTransport" = "false" } }
        },
        {
          Sid       = "RefuseOldTls"
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = [local.arns[each.key], "${local.arns[each.key]}/*"]
          Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
        },
      ],
    )
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}
