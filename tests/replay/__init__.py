"""A server on loopback in the place of the providers: it answers at their paths, counts, and misbehaves."""
