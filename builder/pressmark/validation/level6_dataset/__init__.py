"""Level 6, dataset: what only several records together show."""
