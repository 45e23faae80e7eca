"""From files to the model: bytes to data with positions (`yaml`), a folder to bytes (`tree`), data to models (`content`)."""
