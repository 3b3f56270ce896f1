from office.permissions import writers_only


class Ledger:
    # ok: ledger-permission
    def __init__(self, caller): ...

    @writers_only
    # ok: ledger-permission
    def book(self, booking): ...

    @logged
    @writers_only
    # ok: ledger-permission
    def correct(self, number, booking): ...

    # ruleid: ledger-permission
    def strike(self, number):
        # ok: ledger-permission
        def really():
            return self.bookings.pop(number)

        return really()

    @logged
    # ruleid: ledger-permission
    async def close(self): ...

    # ok: ledger-permission
    def is_open(self): ...


class Journal:
    # ok: ledger-permission
    def strike(self, number): ...
