"""The desk: a light process that answers what the screens ask of the library."""
