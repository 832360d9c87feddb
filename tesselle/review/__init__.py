"""Somebody else's yes: approval of a post, in the page or by a link that needs no account.

Takes: posts as they are written. Gives: a revision that may go out, or what is to be changed.
Promises: opening a link decides nothing; a yes is for the words that were seen, and for no later ones.
"""
