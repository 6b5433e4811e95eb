"""The library: searched as one types, filtered, sorted, edited."""
