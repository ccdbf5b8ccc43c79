"""Planning: a GraphQL selection becomes one statement. It knows GraphQL and readables, and no concept of the hub."""
