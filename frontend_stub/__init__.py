"""The front end: the pages that citizens and officers use, made from what the public API answers.

It knows the hub by GraphQL alone and imports nothing of it, so it can run inside the hub's process or in another
one, and anybody can put their own in its place: `documents/` holds all that it asks for, `templates/` what it
shows, `words/` what it says, `static/` how it looks. No page needs a script.
"""

from frontend_stub.app import create_app
from frontend_stub.asking import DOCUMENTS

__all__ = ["DOCUMENTS", "create_app"]
