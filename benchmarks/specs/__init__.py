"""The benchmarks, one module a question; each registers what it measures."""
