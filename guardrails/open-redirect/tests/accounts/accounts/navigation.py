from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

LANDING = {"shop": "/shop/", "help": "https://help.example.com/"}


def go_to(target):
    # ruleid: open-redirect
    return HttpResponseRedirect(target)


def go_back(target):
    # ok: open-redirect
    return redirect(target)


def go_to_landing(name):
    # ok: open-redirect
    return redirect(LANDING.get(name, "/"))


def local(target):
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return "/"
