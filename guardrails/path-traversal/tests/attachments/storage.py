from pathlib import Path

from names import bare_name

FOLDER = Path("/srv/attachments")


def folder_of(site):
    return FOLDER / site.name


class Storage:
    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, name):
        # ruleid: path-traversal
        return (self.folder / name).read_bytes()

    def read_inside(self, name):
        path = self.locate(name)
        # ok: path-traversal
        return path.read_bytes()

    def locate(self, name):
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise FileNotFoundError(name)
        return path

    def is_there(self, name):
        path = self.folder / name
        # ruleid: path-traversal-probe
        return path.is_file()

    def is_inside(self, name):
        path = self.folder / bare_name(name)
        # ok: path-traversal-probe
        return path.exists()
