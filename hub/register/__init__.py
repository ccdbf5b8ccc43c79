"""The register: one entry for every public thing, with its folio, its visibility and its search."""
