"""What is typed to run the office: units, people, appointments, delegations, shares."""
