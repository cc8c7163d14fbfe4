"""The objectives of the file under their own load: a fixed rate of mixed requests, both sides."""
