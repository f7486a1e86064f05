"""The ways in: the command line, the web page, MCP. They know the engine's public names only."""
