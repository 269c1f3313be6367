"""The smallest set of facts that turns every breach into fulfilled, found from the rules and tried out."""
