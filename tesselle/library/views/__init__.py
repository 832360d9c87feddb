"""The pages of the library, its files, and the door for networks that fetch files themselves."""
