"""The front end: the pages that a citizen reads, made from what the public API answers.

It knows the hub by GraphQL alone and imports nothing of it, so it can run inside the hub's process or in another
one, and anybody can put their own in its place: `documents/` holds all that it asks for, `templates/` what it
shows, `words.toml` what it says, `static/hub.css` how it looks. No page needs a script.
"""

from frontend_stub.app import create_app

__all__ = ["create_app"]
