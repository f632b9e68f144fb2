"""CS 155 Set 4: what is right, computed, and what the usual mistakes give."""
