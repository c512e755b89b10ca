"""What people see: an article in the terminal, issues as text or for other programs."""
