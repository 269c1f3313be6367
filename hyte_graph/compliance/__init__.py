"""From a description and the law to verdicts."""
