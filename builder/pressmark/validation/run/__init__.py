"""Runs the rules: on a record, on files, on the dataset that they make."""
