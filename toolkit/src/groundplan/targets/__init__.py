"""Targets: the model becomes files; one folder a word, and none knows another."""
