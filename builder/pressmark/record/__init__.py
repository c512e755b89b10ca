"""What everything stands on: the types of a record, the contract, offsets, quotation marks, issues."""
