"""Level 1, file: bytes become JSON values or table rows."""
