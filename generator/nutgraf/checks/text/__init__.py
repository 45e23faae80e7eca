"""What rules need to know about running text."""
