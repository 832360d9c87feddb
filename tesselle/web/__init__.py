"""The shell of every page: base template, components, tokens, small scripts, panels.

Takes: what features register (navigation entries, panels) and the templates that extend it.
Gives: one visual language in light and dark, in French and English, safe headers, plain error pages.
Promises: it knows no feature, and every page works as plain HTML before any script runs.
"""
