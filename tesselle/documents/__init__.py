"""Documents that are taken along.

Takes: a document as plain values. Gives: its bytes as DOCX, PDF or Markdown. Promises: what people wrote stays text
and never becomes markup or code; what typesets is loaded in a process of its own and in no page's.
"""
