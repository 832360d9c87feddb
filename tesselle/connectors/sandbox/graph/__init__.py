"""What make-believe networks that speak the Graph API share: errors, parameters, lists, sign-in pages.

Written from the documentation and the clients' requests, apart from `connectors.dialects.graph`:
the two share spellings, no code.
"""
