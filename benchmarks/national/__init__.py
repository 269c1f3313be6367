"""Data of the size of the country with known defects, and the shapes that must find them."""
