import hmac

from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators import csrf
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.csrf import csrf_exempt as open_to_all
from django.views.decorators.http import require_POST


# ruleid: csrf-protection-django
@csrf_exempt
def change_address(request):
    return save(request.POST)


# ruleid: csrf-protection-django
@csrf.csrf_exempt
@require_POST
def change_mail(request):
    return save(request.POST)


# ruleid: csrf-protection-django
@method_decorator(csrf_exempt, name="dispatch")
class Basket(View):
    def post(self, request):
        return save(request.POST)


# ruleid: csrf-protection-django
wrapped = open_to_all(change_mail)


# ok: csrf-protection-django
@csrf_exempt
def payment_webhook(request):
    if not hmac.compare_digest(signature(request.body), request.headers["X-Signature"]):
        raise PermissionError
    return save(request.body)


# ok: csrf-protection-django
@csrf_protect
def change_name(request):
    return save(request.POST)


# ok: csrf-protection-django
@require_POST
def change_phone(request):
    return save(request.POST)
