"""A ledger to take the inventory of."""

from functools import wraps


def writers_only(method):
    @wraps(method)
    def checked(self, *args, **kwargs):
        if not self.caller.may_write:
            raise PermissionError(method.__name__)
        return method(self, *args, **kwargs)

    return checked


class Ledger:
    def __init__(self, caller):
        self.caller = caller
        self.bookings = []

    @writers_only
    def book(self, booking):
        self.bookings.append(booking)

    @writers_only
    def correct(self, number, booking):
        self.bookings[number] = booking

    def strike(self, number):
        del self.bookings[number]

    def is_open(self):
        return self.caller is not None
