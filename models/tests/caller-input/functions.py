from typing import Optional

from flask import Flask, request

app = Flask(__name__)
NAME = "report"


def given(name, order, copies: int, limit: Optional[int] = None):
    # ruleid: caller-input
    sink(name)
    # ruleid: caller-input
    sink(f"{order.note} and more")
    # ok: caller-input
    sink(copies)
    # ok: caller-input
    sink(limit)
    # ok: caller-input
    sink(NAME)
    # ok: caller-input
    sink(look_up(name))


class Orders:
    def note(self, prefix: str):
        # ruleid: caller-input
        sink(prefix)
        # ok: caller-input
        sink(self.notes)


@app.route("/orders/<name>")
def view(name):
    # ok: caller-input
    sink(name)


def of_request(request):
    # ok: caller-input
    sink(request.args["name"])


def local():
    text = input()
    # ok: caller-input
    sink(text)
