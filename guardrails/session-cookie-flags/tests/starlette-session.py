import os

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.sessions import SessionMiddleware as Sessions

app = FastAPI()
# ruleid: session-cookie-flags-starlette
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"])

middleware = [
    # ruleid: session-cookie-flags-starlette
    Middleware(Sessions, secret_key=os.environ["SESSION_KEY"], https_only=False),
]

# ruleid: session-cookie-flags-starlette
wrapped = Sessions(app, secret_key=os.environ["SESSION_KEY"])

# ok: session-cookie-flags-starlette
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"], https_only=True)

middleware_well = [
    # ok: session-cookie-flags-starlette
    Middleware(Sessions, https_only=True, secret_key=os.environ["SESSION_KEY"]),
]

# ok: session-cookie-flags-starlette
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"], https_only=not app.debug)
