"""AWS: what starts Terraform, reads the account back, and simulates it."""
