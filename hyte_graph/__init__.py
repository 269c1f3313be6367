"""Finnish law on promoting health and wellbeing as a graph, and checks of who fulfils it."""
