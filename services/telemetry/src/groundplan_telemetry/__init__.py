"""The signals of one machine: taken in, kept within bounds on disk, searched and judged."""
