"""What `cleaner` makes of corpus/, kept to the letter."""
