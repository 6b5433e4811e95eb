"""The settings: what each is, where it is from; changed in place."""
