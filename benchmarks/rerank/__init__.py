"""What the model's opinion adds to a ranking: `python -m benchmarks.rerank --help`."""
