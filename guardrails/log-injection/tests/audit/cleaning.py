def one_line(text):
    return text.replace("\r", "").replace("\n", " ")
