"""From the company's situation to a first strategy: one question a page, back and forth, resumable."""
