"""The verbs of `python -m course`, and what they share."""
