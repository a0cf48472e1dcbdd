"""Figures from arrays and tokens; these modules know no model."""
