"""Titles of documents: their marks and spellings, which are known, and whose they are."""
