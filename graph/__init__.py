"""The graph: what it is, where it lives, how it leaves."""
