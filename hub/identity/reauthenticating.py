"""Re-authenticating: whoever is signed in shows again who they are, by a code to their own address.

An unlocked screen or a stolen sign-in must not be enough to carry everything about somebody away, or to erase it. A
sign-in that has just begun is as good; so whoever comes by an identity provider, and has no address here, signs in
again.
"""

from __future__ import annotations

import datetime as dt

from hub.changes.change import Change
from hub.errors import Forbidden, Refusal, require
from hub.identity.confirming import requested, tried
from hub.identity.events import Reauthenticated
from hub.identity.requesting import Wish, send_code
from hub.identity.rules import FRESH, may_act_on_all_data, may_reauthenticate
from hub.identity.sign_in_models import MailAddress, SignIn, SignInRequest
from hub.mail.models import LetterKind

PAGE = "/cuenta/datos"


async def request_reauthentication(
    change: Change, *, languages: tuple[str, ...], network: str | None, most: int | None
) -> SignInRequest:
    """Send a code to the viewer's own address, and tell them the secret without which it is worth nothing."""
    require(may_reauthenticate(change.viewer))
    known = await change.session.get(MailAddress, change.viewer.account_id)
    if known is None:
        raise Forbidden("NO_ADDRESS")
    address = change.keys.unwrap(known.wrapped, about=known.account_id.bytes).decode()
    wish = Wish(address=address, languages=languages, network=network, most=most)
    kind = LetterKind.REAUTHENTICATION
    return await send_code(change, wish, kind=kind, page=PAGE, sign_in_id=change.viewer.sign_in_id)


async def reauthenticate(change: Change, *, code: str, secret: str) -> Refusal | None:
    """Note that whoever is here has shown again who they are; a wrong code is returned, so that it stays counted."""
    require(may_reauthenticate(change.viewer))
    request = await requested(change, secret, sign_in_id=change.viewer.sign_in_id)
    used, over = request.used_at is not None, change.at >= request.expires_at
    require(may_reauthenticate(change.viewer, tries=request.tries, used=used, over=over))
    refusal = tried(change, request, code)
    if refusal is None:
        signed_in = await change.session.get_one(SignIn, change.viewer.sign_in_id, with_for_update={"key_share": True})
        signed_in.confirmed_at = change.at
        change.record(Reauthenticated(sign_in_id=signed_in.id))
        change.secrets["until"] = (change.at + FRESH).isoformat()
    return refusal


async def require_fresh(change: Change) -> None:
    """Go on where the viewer has just shown who they are: by signing in, or again since then."""
    signed_in = None
    if change.viewer.sign_in_id is not None:
        signed_in = await change.session.get(SignIn, change.viewer.sign_in_id)
    ago = dt.timedelta.max
    if signed_in is not None:
        ago = change.at - (signed_in.confirmed_at or signed_in.signed_in_at)
    require(may_act_on_all_data(change.viewer, ago=ago))
