"""`tesselle bench insights`: what the statistics promise, shown on simulated companies whose truth is
known. One file for each group of rows of the acceptance table."""
