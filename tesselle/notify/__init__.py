"""Telling people: in the page, by e-mail at once or once a day, and on their devices.

Takes: who, what kind, one sentence, where it leads. Gives: a notice in the page at once, and letters that
a worker sends. Promises: nobody is told the same thing twice; nobody is mailed from a practice workspace;
without a mail server nothing piles up, and the page says so.
"""
