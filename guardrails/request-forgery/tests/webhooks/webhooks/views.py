from django.http import JsonResponse
from django.views import View

from .addresses import partner_address, status_page
from .client import fetch_status, ping, ping_partner


class HookView(View):
    def post(self, request):
        answer = ping(request.POST["url"])
        return JsonResponse({"status": answer.status_code})

    def put(self, request):
        answer = ping_partner(partner_address(request.POST["url"]))
        return JsonResponse({"status": answer.status_code})

    def get(self, request):
        return JsonResponse(fetch_status(status_page(request.GET["page"])))
