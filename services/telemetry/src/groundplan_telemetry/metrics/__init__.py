"""Metrics of one machine: collected, kept, asked with PromQL, and judged by rules."""
