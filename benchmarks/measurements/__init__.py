"""What is measured, a file each; `make bench MEASURE=` takes the names of the files."""
