import html

import bleach
import markupsafe
from django.utils.html import format_html
from markupsafe import Markup, escape

# ok: html-escapes
sink(html.escape(source()))
# ok: html-escapes
sink(escape(source()))
# ok: html-escapes
sink(f"<p>{markupsafe.escape(source())}</p>")
# ok: html-escapes
sink(Markup("<p>{}</p>").format(source()))
# ok: html-escapes
sink(Markup("<p>%s</p>") % source())
# ok: html-escapes
sink(format_html("<p>{}</p>", source()))
# ok: html-escapes
sink(bleach.clean(source()))
# ruleid: html-escapes
sink(Markup(source()))
# ruleid: html-escapes
sink(Markup(source()).format(1))
# ruleid: html-escapes
sink(html.unescape(source()))
# ruleid: html-escapes
sink(format_html(source()))
