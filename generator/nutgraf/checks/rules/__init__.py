"""The rules, one module each; its docstring is the rule's documentation."""
