"""Tokens, vocabularies and windows: from a text to arrays of integers."""
