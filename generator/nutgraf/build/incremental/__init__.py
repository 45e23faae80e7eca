"""What an earlier build lets this one skip."""
