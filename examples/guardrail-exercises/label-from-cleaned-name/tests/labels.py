import subprocess
import sys


def clean_name(name):
    return "".join(letter for letter in name if letter.isalnum())


def print_label(name):
    subprocess.run(f"lpr -T {name} label.ps", shell=True)


def ask():
    return input("Name on the parcel: ").strip()


name = ask()
# ruleid: label-from-cleaned-name
print_label(name)

name = clean_name(name)
# ok: label-from-cleaned-name
print_label(name)

# ok: label-from-cleaned-name
print_label("returns")

# ruleid: label-from-cleaned-name
print_label("parcel for " + sys.argv[1])

# ok: label-from-cleaned-name
print_label(clean_name(sys.argv[1]))
