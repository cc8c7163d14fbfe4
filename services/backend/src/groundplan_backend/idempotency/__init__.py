"""Creates that may be sent twice: the first answer is kept and given again."""
