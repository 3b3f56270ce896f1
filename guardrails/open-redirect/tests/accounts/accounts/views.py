from django.contrib.auth import login as start_session
from django.views import View

from .forms import LoginForm
from .navigation import go_back, go_to, go_to_landing, local


class LoginView(View):
    def post(self, request):
        form = LoginForm(request.POST)
        if form.is_valid():
            start_session(request, form.get_user())
        return go_to(request.POST.get("next", "/"))


class LogoutView(View):
    def post(self, request):
        return go_back(local(request.POST.get("next", "/")))


def land(request):
    return go_to_landing(request.GET["at"])
