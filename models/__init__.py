"""The neural models: their cards, the reader's weights, and the scripts that make them."""
