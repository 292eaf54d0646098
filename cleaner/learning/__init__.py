"""Learning from documents: the models' training and evaluation."""
