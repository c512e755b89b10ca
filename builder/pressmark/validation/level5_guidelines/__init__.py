"""Level 5, guidelines: the rules of schema/GUIDELINES.md, one module per subject."""
