from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.expressions import RawSQL as Raw

from shop.models import Order


def named(name):
    # ruleid: sql-from-strings-django
    return Order.objects.raw(f"SELECT * FROM shop_order WHERE name = '{name}'")


def named_kept(name):
    query = "SELECT * FROM shop_order WHERE name = '%s'" % name
    # ruleid: sql-from-strings-django
    return Order.objects.raw(query)


def with_rank(term):
    # ruleid: sql-from-strings-django
    return Order.objects.annotate(rank=Raw("similarity(name, '" + term + "')", ()))


def with_condition(minimum):
    # ruleid: sql-from-strings-django
    return Order.objects.extra(where=["total > {}".format(minimum)])


def named_bound(name):
    # ok: sql-from-strings-django
    return Order.objects.raw("SELECT * FROM shop_order WHERE name = %s", [name])


def with_rank_bound(term):
    # ok: sql-from-strings-django
    return Order.objects.annotate(rank=RawSQL("similarity(name, %s)", (term,)))


def with_condition_bound(minimum):
    # ok: sql-from-strings-django
    return Order.objects.extra(where=["total > %s"], params=[minimum])


def with_filter(minimum):
    # ok: sql-from-strings-django
    return Order.objects.filter(total__gt=F("paid") + minimum)
