"""What is measured, a module each: run the trials of a row side by side, judge them by its targets."""
