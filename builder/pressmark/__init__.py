"""pressmark: who said what in the news, as records with proven offsets."""
