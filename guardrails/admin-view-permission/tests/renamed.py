import flask as f

from shop import auth
from shop.auth import requires_permission as guarded

bp = f.Blueprint("admin", __name__)
shop_bp = f.Blueprint("storefront", __name__)


@bp.get("/reports")
@guarded("reports.read")
# ok: admin-view-permission
def reports():
    return {}


@bp.get("/exports")
@auth.requires_permission("exports.read")
# ok: admin-view-permission
def exports():
    return {}


@bp.delete("/exports/<int:export_id>")
# ruleid: admin-view-permission
def delete_export(export_id):
    return {}


@auth.requires_permission("exports.write")
@bp.put("/exports/<int:export_id>")
# ruleid: admin-view-permission-order
def replace_export(export_id):
    return {}


@guarded("exports.write")
@bp.patch("/exports/<int:export_id>")
# ruleid: admin-view-permission-order
def rename_export(export_id):
    return {}


@bp.post("/exports")
@guarded("exports.write")
# ok: admin-view-permission-order
def new_export():
    return {}


@shop_bp.get("/products")
# ok: admin-view-permission
def products():
    return {}
