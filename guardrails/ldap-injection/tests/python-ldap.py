import ldap
import ldap.filter as filters
from django.http import JsonResponse
from ldap.dn import escape_dn_chars as escape_name
from ldap.filter import escape_filter_chars, filter_format


def user(request):
    connection = ldap.initialize("ldap://ldap.example")
    name = request.GET["name"]
    # ruleid: ldap-injection
    found = connection.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={name})")
    # ruleid: ldap-injection
    more = connection.search_ext("dc=example", ldap.SCOPE_SUBTREE, filterstr="(cn=%s)" % name)
    # ok: ldap-injection
    safe = connection.search_s("dc=example", ldap.SCOPE_SUBTREE, filter_format("(uid=%s)", [name]))
    # ok: ldap-injection
    safer = connection.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={escape_filter_chars(name)})")
    # ok: ldap-injection
    same = connection.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + filters.escape_filter_chars(name) + ")")
    return JsonResponse({"found": [found, more, safe, safer, same]})


def login(request):
    connection = ldap.initialize("ldap://ldap.example")
    # ruleid: ldap-injection
    connection.simple_bind_s("uid=" + request.POST["name"] + ",dc=example", request.POST["password"])
    # ok: ldap-injection
    connection.simple_bind_s(f"uid={escape_name(request.POST['name'])},dc=example", request.POST["password"])
