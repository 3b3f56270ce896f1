import importlib

KNOWN = {"csv": "reports.export_csv", "pdf": "reports.export_pdf"}


def exporter(kind):
    # ruleid: code-injection-import
    return importlib.import_module(f"reports.export_{kind}")


def known_exporter(kind):
    # ok: code-injection-import
    return importlib.import_module(KNOWN.get(kind, KNOWN["csv"]))
