from starlette.requests import Request
from starlette.responses import RedirectResponse, Response


async def page(request: Request) -> Response:
    return RedirectResponse("/account/data", 303)
