"""Level 6, dataset: rules over several records."""
