"""The wiring: settings, addresses, the embedded database and the process that starts everything."""
