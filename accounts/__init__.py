"""WHO: units, people, their dated appointments and delegations, and in what capacity a person acts now."""
