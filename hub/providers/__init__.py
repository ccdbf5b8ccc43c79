"""Identity providers: services elsewhere that say who somebody is, by OpenID Connect or a scheme like it."""
