"""The bytes of a source, its text, and the reading text, each leading back to the one before."""
