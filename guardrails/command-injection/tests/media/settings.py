FFMPEG = "/usr/bin/ffmpeg"
PROFILES = {"small": "scale=480:-1", "large": "scale=1920:-1"}
