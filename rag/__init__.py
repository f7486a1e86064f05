"""The engine: interviews in, quotes out. Import from its modules; nothing here imports the page."""
