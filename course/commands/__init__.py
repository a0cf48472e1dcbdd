"""The verbs of `python -m course`, one module each."""
