"""The fill-in workbook: the empty and the filled one, copies by role, and the marked copy."""
