"""The table of AWS list prices as Python values: US dollars, on demand, each with its source."""
