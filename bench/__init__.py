"""The benchmarks: `python -m bench`. What is measured, and how, stands in docs/performance.md."""
