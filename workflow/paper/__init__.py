"""What a paper says of itself: its places, how its parts read, what it is found by."""
