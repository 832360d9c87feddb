"""The Graph API that the networks of one company share: requests, paging, errors, usage, sign-in, containers.

Sources: developers.facebook.com, Graph API v26.0 (versions table, handling errors, rate limits,
login), read 2026-11-23; the field lists of PyPI facebook-business 26.0.3.
"""
