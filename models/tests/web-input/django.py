from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.generic import DetailView, View
from rest_framework.views import APIView


def search(request):
    # ruleid: web-input
    sink(request.GET["q"])
    # ruleid: web-input
    sink(request.POST.get("q"))
    # ruleid: web-input
    sink(request.body)
    # ruleid: web-input
    sink(request.META["HTTP_REFERER"])
    # ok: web-input
    sink(request.META["REMOTE_ADDR"])
    # ruleid: web-input
    sink(request.COOKIES["theme"])
    # ok: web-input
    sink(request.user)
    # ok: web-input
    sink(request.method)


def page(request, slug, page_id):
    # ruleid: web-input
    sink(slug)
    # ok: web-input
    sink(page_id)
    return render(request, "page.html")


def year(request, month: int):
    # ok: web-input
    sink(month)
    return HttpResponse("fine")


class Article(DetailView):
    def get(self, request, slug, pk):
        # ruleid: web-input
        sink(slug)
        # ok: web-input
        sink(pk)

    def get_queryset(self):
        # ruleid: web-input
        sink(self.kwargs["slug"])
        # ruleid: web-input
        sink(self.request.GET["q"])


class Orders(APIView):
    def post(self, request):
        # ruleid: web-input
        sink(request.data["name"])
        # ruleid: web-input
        sink(request.query_params.get("q"))
        serializer = OrderSerializer(data=request.data)
        # ruleid: web-input
        sink(serializer.validated_data["name"])


def contact(request):
    form = forms.Form(request.POST)
    # ruleid: web-input
    sink(form.cleaned_data["subject"])


class Report:
    def render(self, slug):
        # ok: web-input
        sink(self.kwargs["slug"])
        # ok: web-input
        sink(slug)
