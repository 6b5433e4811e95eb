"""A viewer's interests: found anew in their likes each time, and what they set for them."""
