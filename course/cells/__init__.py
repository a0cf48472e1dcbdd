"""One time step of each recurrent cell as NumPy equations, every gate returned."""
