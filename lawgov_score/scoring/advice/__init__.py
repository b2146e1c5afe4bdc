"""What it would take: better answers, what they would come to, and the shortest way to the next grade."""
