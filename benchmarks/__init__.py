"""Programs that print figures; see README.md."""
