"""For members: asking and answering in the page. For whoever holds a link: `by_link`."""
