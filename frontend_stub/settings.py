"""What whoever serves the pages may set, from the environment, without touching this folder."""

from __future__ import annotations

from pydantic import DirectoryPath, Field, FilePath
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The knobs of the pages; each is an environment variable that begins with `FRONTEND_`."""

    model_config = SettingsConfigDict(env_prefix="FRONTEND_", frozen=True)

    hub_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="The GraphQL endpoint of the hub, where the pages are a program of their own.",
    )
    public_address: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="Where readers reach that endpoint; unset, at `/graphql` of the pages' own origin.",
    )
    name: str | None = Field(default=None, min_length=1, max_length=60, description="What the site is called.")
    contact: str | None = Field(
        default=None,
        pattern=r"^(https?://[^\s]+|[^\s@<>:/?&]+@[^\s@<>:/?&]+)$",
        description="A mail address or a web address at which readers reach those who serve the pages.",
    )
    theme: FilePath | None = Field(
        default=None, description="A style sheet that comes after the hub's own, such as one with other colours."
    )
    templates: DirectoryPath | None = Field(
        default=None, description="A folder whose templates are taken in place of those of the same name."
    )
