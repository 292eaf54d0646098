"""Data files to checked values: labels, terms, languages, rules."""
