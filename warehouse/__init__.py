"""What the observatory knows, and how to ask it."""
