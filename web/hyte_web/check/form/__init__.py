"""A check by questions, step by step: nothing is kept on the server, every step can be saved as a file."""
