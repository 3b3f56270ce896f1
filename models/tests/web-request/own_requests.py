from urllib.request import Request


class Batch:
    def __init__(self, request):
        self.request = request

    def url(self):
        return self.request.url


def send(request):
    # ok: web-request
    sink(Batch(request).url())


# ok: web-request
sink(Batch(Request("https://shop.example.com")).url())
