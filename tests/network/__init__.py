"""A network that refuses everything and knows what was tried, and a life of the app without one."""
