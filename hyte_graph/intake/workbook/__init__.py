"""A description as a workbook: one sheet for each part of the format, written and read back without loss."""
