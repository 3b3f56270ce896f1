class Account:
    def __init__(self, mail, theme):
        self.mail = mail
        self.theme = theme
        self.confirmation_code = ""

    def confirm_by(self, value):
        # ruleid: token-randomness-flow
        self.confirmation_code = value

    def recover_by(self, value):
        # ok: token-randomness-flow
        self.recovery_code = value
