"""Training and evaluation of the model, and what is learned of sites."""
