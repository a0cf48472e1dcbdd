"""The synchronous English-French grammar behind the `postcards` corpus."""
