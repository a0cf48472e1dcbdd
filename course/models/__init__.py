"""Keras models from small named parts."""
