"""What is learned from many documents: the model, the rules of a site, and which documents are nearly the same."""
