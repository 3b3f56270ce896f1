from flask import Blueprint, request

import transcode
from transcode import add_subtitle, scale

videos = Blueprint("videos", __name__)


@videos.post("/videos/<int:number>/title")
def title(number):
    transcode.add_title(f"/srv/videos/{number}.mp4", request.form["title"])
    return "done"


@videos.post("/videos/<int:number>/subtitle")
def subtitle(number):
    add_subtitle(f"/srv/videos/{number}.mp4", request.form["subtitle"])
    return "done"


@videos.post("/videos/<int:number>/scale")
def scaled(number):
    scale(f"/srv/videos/{number}.mp4", request.form["profile"])
    return "done"


@videos.get("/videos/<int:number>/format")
def video_format(number):
    return transcode.probe(request.args.get("with", "ffprobe"), f"/srv/videos/{number}.mp4")
