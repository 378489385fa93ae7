"""One ``.cypher`` file per question, and the reader of their headers."""
