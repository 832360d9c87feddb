"""Mail behind the same seam as everything else: a request, its answer, and whether a byte of it left.

What cannot be taken back in SMTP is the dot that ends a mail (RFC 5321, 4.1.1.4): before it a cut means that
nothing was sent, after it only the server knows. So `written` is said, and the gate asked, at that dot.
"""
