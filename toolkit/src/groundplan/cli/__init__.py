"""The commands, one file each; the only place that prints, asks or exits."""
