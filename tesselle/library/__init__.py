"""Images and videos: upload, renditions, alternative text.

Takes: a file a person chose. Gives: an asset that networks can be sent.
Promises: what is kept was decoded and written anew; no position or camera data is left in it.
"""
