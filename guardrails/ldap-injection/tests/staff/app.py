from flask import Flask, jsonify, request
from flask.views import MethodView

from staff import Directory

app = Flask(__name__)
phone_book = Directory("phones.example.com")


class StaffView(MethodView):
    def get(self):
        directory = Directory("ldap.example.com")
        if "department" in request.args:
            found = directory.by_department(request.args["department"])
        else:
            found = directory.by_name(request.args["name"])
        return jsonify([str(entry.cn) for entry in found])


@app.get("/phones")
def phones():
    return jsonify([str(entry.cn) for entry in phone_book.by_number(request.args["number"])])


app.add_url_rule("/staff", view_func=StaffView.as_view("staff"))
