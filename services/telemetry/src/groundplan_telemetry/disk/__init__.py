"""Records on the disk: files of a bounded size, written by one thread, read by several."""
