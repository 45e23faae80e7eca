"""From files to the model: folder to bytes (`tree`), to data with places (`yaml`), to records (`content`)."""
