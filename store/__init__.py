"""What Matinee keeps: the library (SQLite, the truth), the index (Chroma, derived), the embedder."""
