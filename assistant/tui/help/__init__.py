"""Every command and key, made from the registry."""
