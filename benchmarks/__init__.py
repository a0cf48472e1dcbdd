"""Side-by-side measurements of the course against named peers; README.md says what each compares."""
