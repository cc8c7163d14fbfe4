"""Traces and logs as one room: from the wire and from files to the disk, and out again."""
