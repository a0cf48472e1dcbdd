"""Grammars that write the embedded corpora."""
