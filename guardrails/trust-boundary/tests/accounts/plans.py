PLANS = {"1": "free", "2": "team", "3": "company"}


def plan_named(number):
    return PLANS.get(number, "free")
