"""The calendar: what goes out when, seen by month, week, day, as a list or a board, and moved there."""
