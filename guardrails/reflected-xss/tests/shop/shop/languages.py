GREETINGS = {"de": "<p>Guten Tag</p>", "en": "<p>Good day</p>"}


def greeting_in(language):
    return GREETINGS.get(language, GREETINGS["en"])
