"""How good the recommendations are: measured on benchmarks, and on the viewer's own history."""
