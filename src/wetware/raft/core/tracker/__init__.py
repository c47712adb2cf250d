"""What a leader keeps of its followers, and a candidate of its votes."""
