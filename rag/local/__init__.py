"""A library in one folder: an SQLite database as the source of truth, and a FAISS index that it can make again."""
