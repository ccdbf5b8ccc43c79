"""The public contract: how the hub is asked, by GraphQL over HTTP. The schema is the product."""
