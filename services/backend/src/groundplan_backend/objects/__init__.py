"""The object store: a folder on one machine, S3 in the cloud. Objects are never changed."""
