"""What a decision, a page and a process cost, measured on a durable database: `python -m benchmarks`."""
