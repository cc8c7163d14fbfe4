"""What is kept, as plain values: spans of traces, lines of logs, and who they are from."""
