"""What proves a person beside the password: code generators, passkeys and recovery codes."""
