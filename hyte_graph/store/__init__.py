"""The files of the project as values: Turtle in, norms, actors, terms and rules out."""
