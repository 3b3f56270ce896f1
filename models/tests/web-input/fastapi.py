from typing import Annotated, Optional

from fastapi import APIRouter, Body, Depends, FastAPI, Header, Query, Request, UploadFile, WebSocket
from pydantic import BaseModel
from starlette.responses import PlainTextResponse

app = FastAPI()
router = APIRouter()


class Order(BaseModel):
    name: str


@app.get("/orders/{name}")
async def order(name: str, copies: int, q: Optional[str] = None, db: Session = Depends(session)):
    # ruleid: web-input
    sink(name)
    # ruleid: web-input
    sink(q)
    # ok: web-input
    sink(copies)
    # ok: web-input
    sink(db)


@router.get("/items/{key}")
def untyped(key):
    # ruleid: web-input
    sink(key)


@router.post("/orders")
async def create(order: Order, agent: Annotated[str, Header()], user: Annotated[str, Depends(current_user)]):
    # ruleid: web-input
    sink(order.name)
    # ruleid: web-input
    sink(agent)
    # ok: web-input
    sink(user)


@router.post("/upload")
async def upload(file: UploadFile, request: Request):
    # ruleid: web-input
    sink(file.filename)
    # ruleid: web-input
    sink(request.query_params["q"])
    # ruleid: web-input
    sink(await request.json())
    # ruleid: web-input
    sink(request.path_params["key"])
    # ok: web-input
    sink(request.app)


@app.websocket("/talk")
async def talk(socket: WebSocket):
    # ruleid: web-input
    sink(await socket.receive_text())
    # ruleid: web-input
    sink((await socket.receive_json())["name"])


async def homepage(request):
    form = await request.form()
    # ruleid: web-input
    sink(form["name"])
    return PlainTextResponse("fine")


def helper(name: str, order: Order):
    # ok: web-input
    sink(name)
    # ok: web-input
    sink(order.name)
