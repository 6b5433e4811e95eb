"""The chat: what one says, what is answered, and the picks."""
