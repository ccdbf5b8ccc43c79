"""The database: PostgreSQL 18, one's own or somebody else's; tables, migrations, backups."""
