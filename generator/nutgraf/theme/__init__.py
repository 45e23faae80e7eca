"""The HTML shell around pages: MkDocs and Material, asked once."""
