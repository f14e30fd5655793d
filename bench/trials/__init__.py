"""Measurements of the program by itself. Each runs in a process of its own and prints one line of JSON."""
