"""The bots that are compared. Each runs in a process of its own and prints what it measured as one line of JSON."""
