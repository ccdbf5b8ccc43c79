"""The transport: what HTTP is around GraphQL, and how a process lives and ends."""
