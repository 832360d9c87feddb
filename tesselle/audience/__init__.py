"""Newsletter lists and the people on them.

Takes: addresses, each with how its owner agreed. Gives: who gets a mailing, and pages where people come and go.
Promises: nobody is written to who did not say yes; who leaves is not written to again; who asks is forgotten.
"""
