"""The account library (django-allauth) in this house: its hooks, and what it is told to do.

Sign-in, second factors, sessions and OpenID Connect are the library's. Here stands only who may come in,
where its secrets are sealed, and by which mail server it writes.
"""
