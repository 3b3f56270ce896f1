from aiohttp import web
from aiohttp_session import get_session
from django.http import HttpResponse
from fastapi import FastAPI, Request

app = FastAPI()


def choose(request):
    # ruleid: trust-boundary
    request.session["account"] = request.GET["account"]
    # ok: trust-boundary
    request.session["account"] = request.user.account_id
    # ok: trust-boundary
    request.session["debug"] = request.GET.get("debug") == "1"
    form = AccountForm(request.POST)
    # ok: trust-boundary
    request.session["account"] = form.cleaned_data["account"]
    return HttpResponse("chosen")


@app.get("/choose")
async def choose_fast(request: Request, account: str):
    # ruleid: trust-boundary
    request.session["account"] = account


async def choose_aio(request: web.Request):
    session = await get_session(request)
    # ruleid: trust-boundary
    session["account"] = request.query["account"]
