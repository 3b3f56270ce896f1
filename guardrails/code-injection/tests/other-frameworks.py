import base64
import code

from django.http import JsonResponse
from fastapi import Body, FastAPI
from aiohttp import web

app = FastAPI()


@app.post("/rule")
async def rule(condition: str = Body(...)):
    # ruleid: code-injection
    return {"result": eval(condition)}


@app.get("/double/{number}")
async def double(number: int):
    # ok: code-injection
    return {"result": eval(f"{number} * 2")}


def filtered(request):
    text = base64.b64decode(request.GET["filter"]).decode()
    # ruleid: code-injection
    matches = [row for row in ROWS if eval(text, {"row": row})]
    return JsonResponse({"matches": matches})


async def console(request: web.Request):
    interpreter = code.InteractiveInterpreter()
    # ruleid: code-injection
    interpreter.runsource(await request.text())
    return web.Response(text="done")


def stored(request, rule_id):
    rule = Rule.objects.get(pk=request.GET["rule"])
    # ok: code-injection
    return JsonResponse({"result": eval(rule.condition)})
