"""Writers of files that are the same bytes for the same values, everywhere and always."""
