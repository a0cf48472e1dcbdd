"""The reusable code of the course: each public name lives in exactly one module."""
