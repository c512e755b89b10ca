"""The foundation: the types of a record, the contract (schema), offsets, quotation marks and issues."""
