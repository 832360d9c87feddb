"""What Google's networks share: how one signs in, how errors are told, when its day ends.

Sources: developers.google.com, OAuth 2.0 for web server applications, errors of the Data APIs, AIP-193,
read 2026-11-23.
"""
