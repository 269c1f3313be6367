"""What follows from the ontology, and whether it holds together."""
