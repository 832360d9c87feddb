"""What the product holds true: values and pure functions.

Nothing here reads a clock, a database or a socket; `now` is always passed in.
"""
