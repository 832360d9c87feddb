"""Documents that are taken along: values in, DOCX, PDF or Markdown out."""
