"""Chapters whose task is done in the product and checked by its state, and the words of the product."""
