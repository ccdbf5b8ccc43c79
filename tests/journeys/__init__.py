"""What an operator and a client do, from the outside: real processes, the command line, GraphQL over the network."""
