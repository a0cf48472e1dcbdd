"""What all tests share."""

import sys

import pytest


@pytest.fixture(scope="module", autouse=True)
def programs_are_dropped_behind_every_module():
    """JAX keeps whatever it has compiled, and its tests compile gigabytes."""
    yield
    if "jax" in sys.modules:
        sys.modules["jax"].clear_caches()
