from django.http import HttpResponse, JsonResponse

from . import exporters
from .formulas import above, column, constant
from .models import Order


def table(request):
    rows = Order.objects.filter(owner=request.user)
    if "above" in request.GET:
        rows = above(rows, float(request.GET["above"]))
    fill = constant(request.GET.get("fill", "0"))
    return JsonResponse({"rows": column(rows, request.GET["formula"]), "fill": fill})


def export(request):
    rows = Order.objects.filter(owner=request.user)
    if request.GET.get("draft"):
        return HttpResponse(exporters.exporter(request.GET["as"]).write(rows))
    return HttpResponse(exporters.known_exporter(request.GET["as"]).write(rows))
