"""Files through every tier, beside the Express stack: bytes a second, work a byte, memory."""
