"""What was hidden or disliked, and how it is taken back."""
