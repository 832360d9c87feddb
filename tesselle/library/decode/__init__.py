"""The limited child that opens files of strangers: `python -m tesselle.library.decode`.

It knows no Django, no database and no secrets; memory, time, file size and pixels are bounded, only
the decoder of the sniffed type is called, and nothing but plain files can be opened. What leaves it
was written anew: no metadata survives.
"""
