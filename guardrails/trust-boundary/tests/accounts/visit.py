def enter_as(request, name):
    # ruleid: trust-boundary
    request.session["account"] = name
    request.session.cycle_key()


def choose_plan(request, plan):
    # ok: trust-boundary
    request.session["plan"] = plan


def remember_user(request, user):
    # ok: trust-boundary
    request.session["user_id"] = user.pk
