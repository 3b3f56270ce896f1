from ldap3 import Connection, Server

from .filters import equals

BASE = "ou=staff,dc=example,dc=com"


class Directory:
    def __init__(self, host):
        self.connection = Connection(Server(host), auto_bind=True)

    def by_department(self, department):
        # ruleid: ldap-injection
        self.connection.search(BASE, f"(department={department})", attributes=["cn", "mail"])
        return self.connection.entries

    def by_name(self, name):
        # ok: ldap-injection
        self.connection.search(BASE, equals("cn", name), attributes=["cn", "mail"])
        return self.connection.entries

    def by_number(self, number):
        # ruleid: ldap-injection
        self.connection.search(BASE, "(telephoneNumber=*" + number + ")", attributes=["cn"])
        return self.connection.entries
