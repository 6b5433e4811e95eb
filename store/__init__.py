"""What Matinee keeps: the library (SQLite), the index (Chroma, derived), and the embedder."""
