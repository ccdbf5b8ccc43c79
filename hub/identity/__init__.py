"""Identity: who is asking. Tokens tell the account or the client, grants tell the roles."""
