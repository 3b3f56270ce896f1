from markupsafe import escape


def page(title, *parts):
    return f"<title>{title}</title>" + "\n".join(parts)


def heading(text):
    return "<h1>%s</h1>" % text


def escaped_heading(text):
    return heading(escape(text))
