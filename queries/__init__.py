"""Questions as Cypher files, and the reader of their headers."""
