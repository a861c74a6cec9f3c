"""What a small learned model finds in sentences: spans by layer, and answers about pairs."""
