from django.contrib.auth import authenticate
from django.shortcuts import redirect

from . import visit
from .plans import plan_named


def support_login(request):
    visit.enter_as(request, request.POST["account"])
    return redirect("home")


def login(request):
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is not None:
        visit.remember_user(request, user)
    return redirect("home")


def plan(request):
    visit.choose_plan(request, plan_named(request.POST["plan"]))
    return redirect("checkout")
