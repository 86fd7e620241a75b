"""READ: what auditors read and prove: the record, its exceptions and statistics, exports, the verifier."""
