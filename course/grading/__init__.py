"""From the solutions an instructor writes to the exercises a student gets."""
