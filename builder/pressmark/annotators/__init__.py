"""Functions from article to article, each of which adds a layer."""
