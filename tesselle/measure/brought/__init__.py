"""Figures that people bring: the networks' own export files, and what is typed by hand."""
