"""Report files in, statements out."""
