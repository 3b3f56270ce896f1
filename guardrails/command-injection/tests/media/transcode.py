import shlex
import subprocess

from settings import FFMPEG, PROFILES


def shell_line(*words):
    return " ".join(shlex.quote(word) for word in words)


def add_title(video, title):
    # ruleid: command-injection
    subprocess.run(f"{FFMPEG} -i {video} -metadata title='{title}' out.mp4", shell=True, check=True)


def add_subtitle(video, subtitle):
    line = shell_line(FFMPEG, "-i", video, "-metadata", f"comment={subtitle}", "out.mp4")
    # ok: command-injection
    subprocess.run(f"{line} 2> errors.txt", shell=True, check=True)


def scale(video, profile):
    # ok: command-injection
    subprocess.run([FFMPEG, "-i", video, "-vf", PROFILES[profile], "out.mp4"], check=True)


def probe(program, video):
    # ruleid: command-injection
    return subprocess.check_output([program, "-show_format", video])
