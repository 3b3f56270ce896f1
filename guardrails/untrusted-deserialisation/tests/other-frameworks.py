import pickle
import socket
from urllib.request import urlopen

import dill as pickled
import jsonpickle
import requests
from aiohttp import web
from django.http import HttpResponse
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/model")
async def model(file: UploadFile):
    # ruleid: untrusted-deserialisation
    return pickled.loads(await file.read())


def basket(request):
    # ruleid: untrusted-deserialisation
    content = jsonpickle.decode(request.COOKIES["basket"])
    # ruleid: untrusted-deserialisation
    body = pickle.loads(request.body)
    return HttpResponse(str([content, body]))


async def order(request: web.Request):
    # ruleid: untrusted-deserialisation
    return web.json_response(pickle.loads(await request.read()))


def worker():
    listener = socket.socket()
    connection, address = listener.accept()
    # ruleid: untrusted-deserialisation
    return pickle.loads(connection.recv(4096))


def download(url):
    # ruleid: untrusted-deserialisation
    first = pickle.loads(requests.get(url, timeout=10).content)
    # ruleid: untrusted-deserialisation
    second = pickle.loads(urlopen(url).read())
    # ok: untrusted-deserialisation
    third = requests.get(url, timeout=10).json()
    return first, second, third


def own_file(path):
    with open(path, "rb") as file:
        # ok: untrusted-deserialisation
        return pickle.load(file)
