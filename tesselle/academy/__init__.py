"""The person's own way: choosing a tool, learning it, the time it took, the report at the end.

Takes: what a person wants, scores, does and notes. Gives: a justified choice and an honest report.
Promises: everything belongs to one person within a workspace; what was not done is said to be not done.
"""
