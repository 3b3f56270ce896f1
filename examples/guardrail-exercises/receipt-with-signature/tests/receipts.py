class Bookkeeping:
    # ok: receipt-with-signature
    def send_receipt(self, customer, cents, text, signature=None):
        self.queue.put((customer, cents, text, signature))


office = Bookkeeping()
customer = "customer-81"
text = "two pounds of tea"

# ruleid: receipt-with-signature
office.send_receipt(customer, 1890, text)

# ruleid: receipt-with-signature
office.send_receipt("customer-7", 250, "a tin")

# ruleid: receipt-with-signature
office.send_receipt(customer, cents=1890, text=text)

# ok: receipt-with-signature
office.send_receipt(customer, 1890, text, sign_receipt(text))

# ok: receipt-with-signature
office.send_receipt("customer-7", 250, "a tin", "8d13aa")

# ok: receipt-with-signature
office.send_receipt(customer, cents=1890, text=text, signature=sign_receipt(text))

# ok: receipt-with-signature
office.send_reminder(customer, 1890, text)
