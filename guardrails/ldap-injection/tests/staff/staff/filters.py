from ldap3.utils.conv import escape_filter_chars


def equals(attribute, value):
    return f"({attribute}={escape_filter_chars(value)})"
