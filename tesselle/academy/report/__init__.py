"""The report: put together from what was really done, each sentence with where it comes from."""
