from dataclasses import dataclass

from django.http import HttpRequest
from django.views import View


class Filters:
    def __init__(self, incoming, user):
        self._incoming = incoming
        self.user = user

    def wanted(self):
        return self._incoming.GET.get("wanted")


@dataclass
class Asked:
    source: HttpRequest

    def text(self):
        return self.source.POST["text"]


def logged_in(incoming):
    return incoming.user.username


def log(text):
    return f"log: {text}"


def orders(request):
    # ruleid: web-request
    sink(Filters(request, request.user).wanted())
    # ok: web-request
    sink(Filters(request, request.user).user)
    # ruleid: web-request
    sink(Asked(source=request).text())
    # ok: web-request
    sink(log(request.method))
    # ok: web-request
    sink(request.session["basket"])


class Orders(View):
    def get(self):
        filters = Filters(self.request, None)
        # ruleid: web-request
        sink(filters.wanted())
        # ok: web-request
        sink(filters.user)


def without_request(filters):
    # ok: web-request
    sink(filters.wanted())
