"""The administrators' pages: units, people and appointments. What lies outside their reach is not there for them."""
