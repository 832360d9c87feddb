"""The seam where the outside world begins: one method, `exchange`."""
