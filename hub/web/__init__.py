"""What there is on HTTP beside GraphQL: who is let in, health, figures and log lines, and the contract as a text."""
