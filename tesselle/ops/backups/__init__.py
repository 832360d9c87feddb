"""One file that holds an installation, or one workspace of it; written whole, checked before it is read back."""
