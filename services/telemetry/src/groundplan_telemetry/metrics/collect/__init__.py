"""How metrics come in: scraped from what exposes them, asked of what does not."""
