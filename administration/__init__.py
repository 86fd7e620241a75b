"""OFFICE: running an office: its units, people, appointments, delegations, imports and security settings."""
