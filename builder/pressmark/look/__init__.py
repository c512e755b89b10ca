"""Shows an article in the terminal, and prints issues for people and for other programs."""
