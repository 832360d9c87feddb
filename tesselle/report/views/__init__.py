"""The report's pages: for members, for whoever holds a link, and what members give away."""
