"""What moto lacks, one file a service; importing a file registers its operations."""
